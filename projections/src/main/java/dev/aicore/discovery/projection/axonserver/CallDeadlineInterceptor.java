package dev.aicore.discovery.projection.axonserver;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sets a deadline on the calls of the event store, which the connector leaves without one, and remembers why the
 * connection could not be established, which the connector doesn't report.
 */
final class CallDeadlineInterceptor implements ClientInterceptor {

    private static final String EVENT_STORE = "io.axoniq.axonserver.grpc.event.EventStore";
    private static final String CONNECT = "io.axoniq.axonserver.grpc.control.PlatformService/GetPlatformServer";

    private final Duration timeout;
    private volatile @Nullable StatusRuntimeException connectFailure;

    CallDeadlineInterceptor(Duration timeout) {
        this.timeout = timeout;
    }

    /** Returns the failure of the last connection attempt; null if it succeeded, or there was none. */
    @Nullable
    StatusRuntimeException connectFailure() {
        return connectFailure;
    }

    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        if (EVENT_STORE.equals(method.getServiceName())) {
            return next.newCall(method, options.withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS));
        }
        var call = next.newCall(method, options);
        return method.getFullMethodName().equals(CONNECT) ? new ConnectCall<>(call) : call;
    }

    /** Call that asks a node for the node to connect to. */
    private final class ConnectCall<Q, R> extends SimpleForwardingClientCall<Q, R> {

        ConnectCall(ClientCall<Q, R> call) {
            super(call);
        }

        @Override
        public void start(Listener<R> listener, Metadata headers) {
            super.start(
                    new SimpleForwardingClientCallListener<R>(listener) {
                        @Override
                        public void onClose(Status status, Metadata trailers) {
                            connectFailure = status.isOk() ? null : new StatusRuntimeException(status, trailers);
                            super.onClose(status, trailers);
                        }
                    },
                    headers);
        }
    }
}
