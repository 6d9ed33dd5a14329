package dev.aicore.discovery.client.grpc;

import dev.aicore.discovery.client.RegisteredInstance;
import dev.aicore.discovery.client.Service;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.Status;
import io.grpc.StatusOr;
import io.grpc.SynchronizationContext;
import io.grpc.SynchronizationContext.ScheduledHandle;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Tells a channel the instances of a service, at first and after each change. Once there is a list, an error never
 * replaces it. Host names are resolved outside the threads of gRPC and of the client.
 */
final class RegistryNameResolver extends NameResolver {

    private static final int MAX_PORT = 65_535;
    private final Service service;
    private final Duration firstAnswer;
    private final SynchronizationContext context;
    private final ScheduledExecutorService timer;
    private final Executor executor;
    private final ConfigOrError serviceConfig;
    private final Runnable release;

    /** Number of requests to publish since the last one was completed; the thread that makes it 1 publishes. */
    private final AtomicInteger requested = new AtomicInteger();

    private boolean released;
    private @Nullable Listener2 listener;
    private Service.@Nullable Subscription subscription;
    private @Nullable ScheduledHandle timeout;

    /**
     * Creates a resolver that isn't started.
     *
     * @param firstAnswer time to wait for the first list before calls fail
     * @param policy load balancing policy of the channel
     * @param release runs once at the end, after which the client of the service may be closed
     */
    RegistryNameResolver(Service service, Duration firstAnswer, String policy, Args args, Runnable release) {
        this.service = service;
        this.firstAnswer = firstAnswer;
        this.release = release;
        this.context = args.getSynchronizationContext();
        this.timer = args.getScheduledExecutorService();
        var offload = args.getOffloadExecutor();
        this.executor = offload == null ? timer : offload;
        this.serviceConfig = args.getServiceConfigParser()
                .parseServiceConfig(Map.of("loadBalancingConfig", List.of(Map.of(policy, Map.of()))));
    }

    @Override
    public String getServiceAuthority() {
        return service.name();
    }

    @Override
    public void start(Listener2 first) {
        listener = first;
        awaitList();
        // Calls the listener at once if there is a list.
        subscription = service.onChange(change -> publish());
    }

    /** Tells the present list again: gRPC asks for it when connections fail, and host names may have new addresses. */
    @Override
    public void refresh() {
        if (hasList()) {
            publish();
        } else {
            awaitList();
        }
    }

    @Override
    public void shutdown() {
        listener = null;
        if (subscription != null) {
            subscription.close();
        }
        cancelTimeout();
        if (!released) {
            released = true;
            release.run();
        }
    }

    /** Reports an error after a while without a list, so that calls don't wait longer than they must. */
    private void awaitList() {
        cancelTimeout();
        timeout = context.schedule(
                () -> {
                    if (!hasList()) {
                        tell(StatusOr.fromStatus(Status.UNAVAILABLE.withDescription(
                                "The registry has not sent the list of " + service.name() + " yet.")));
                    }
                },
                firstAnswer.toMillis(),
                TimeUnit.MILLISECONDS,
                timer);
    }

    private void cancelTimeout() {
        if (timeout != null) {
            timeout.cancel();
        }
    }

    private boolean hasList() {
        return service.view().confirmedAt() != null;
    }

    /** Publishes the present list in another thread; several requests at once are one. */
    private void publish() {
        if (requested.getAndIncrement() == 0) {
            executor.execute(this::publishAll);
        }
    }

    private void publishAll() {
        int seen = requested.get();
        while (seen > 0) {
            var addresses = addresses(service.instances());
            context.execute(() -> tell(addresses));
            seen = requested.addAndGet(-seen);
        }
    }

    private StatusOr<List<EquivalentAddressGroup>> addresses(List<RegisteredInstance> instances) {
        var addresses = instances.stream()
                .filter(instance -> instance.port() > 0 && instance.port() <= MAX_PORT)
                .map(RegistryNameResolver::address)
                .toList();
        return addresses.isEmpty()
                ? StatusOr.fromStatus(
                        Status.UNAVAILABLE.withDescription("No instance of " + service.name() + " is healthy."))
                : StatusOr.fromValue(addresses);
    }

    private static EquivalentAddressGroup address(RegisteredInstance instance) {
        // Without an address, connections fail, after which gRPC refreshes.
        return new EquivalentAddressGroup(
                new InetSocketAddress(instance.address(), instance.port()), InstanceAttributes.of(instance));
    }

    private void tell(StatusOr<List<EquivalentAddressGroup>> addresses) {
        var present = listener;
        if (present != null) {
            present.onResult2(ResolutionResult.newBuilder()
                    .setAddressesOrError(addresses)
                    .setServiceConfig(serviceConfig)
                    .build());
        }
    }
}
