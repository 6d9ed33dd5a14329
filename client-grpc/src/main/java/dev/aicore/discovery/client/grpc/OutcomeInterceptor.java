package dev.aicore.discovery.client.grpc;

import dev.aicore.discovery.client.RegisteredInstance;
import dev.aicore.discovery.client.Service;
import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.Set;

/**
 * Records the outcomes of calls, which the client reports to the registry: enough failures open the circuit breaker of
 * an instance. {@code UNAVAILABLE}, {@code DEADLINE_EXCEEDED} and {@code INTERNAL} are failures; a cancelled call, and
 * one that reached no instance, counts as nothing.
 */
public final class OutcomeInterceptor implements ClientInterceptor {

    private static final Set<Status.Code> FAILURES =
            EnumSet.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED, Status.Code.INTERNAL);

    private final Service service;

    /** Creates an interceptor for the channels of a service. */
    public OutcomeInterceptor(Service service) {
        this.service = service;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<Q, A>(next.newCall(method, options)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                var call = delegate();
                super.start(
                        new SimpleForwardingClientCallListener<A>(listener) {
                            @Override
                            public void onClose(Status status, Metadata trailers) {
                                record(call.getAttributes(), status.getCode());
                                super.onClose(status, trailers);
                            }
                        },
                        headers);
            }
        };
    }

    private void record(Attributes attributes, Status.Code code) {
        if (code == Status.Code.CANCELLED
                || !(attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress address)) {
            return;
        }
        service.view().instances().stream()
                .filter(instance -> isAt(instance, address))
                .findFirst()
                .ifPresent(instance -> record(instance, code));
    }

    private void record(RegisteredInstance instance, Status.Code code) {
        try (var call = service.call(instance)) {
            if (FAILURES.contains(code)) {
                call.failed();
            } else {
                call.succeeded();
            }
        }
    }

    private static boolean isAt(RegisteredInstance instance, InetSocketAddress address) {
        var resolved = address.getAddress();
        return instance.port() == address.getPort()
                && (instance.address().equals(address.getHostString())
                        || (resolved != null && instance.address().equals(resolved.getHostAddress())));
    }
}
