package dev.aicore.discovery.bridge.sync;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.command.batching.CommandReply;
import dev.aicore.discovery.command.instance.RegistrationService;
import dev.aicore.discovery.config.settings.BridgeSettings;
import dev.aicore.discovery.query.discovery.registry.RegistrySnapshot;
import dev.aicore.discovery.query.discovery.registry.RegistrySnapshotService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes this registry through the public ports of both sides, under the principal of a bridge. */
public final class LocalRegistryGateway implements LocalRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(LocalRegistryGateway.class);
    private static final Duration CONFIRMATION_INTERVAL = Duration.ofSeconds(10);

    private final RegistrationService registrations;
    private final RegistrySnapshotService snapshots;
    private final Caller caller;
    private final LongSupplier minPosition;
    private final Duration timeout;
    private final Duration retryInterval;
    private final int maxConcurrentWrites;

    /**
     * Creates a gateway.
     *
     * @param caller principal and permissions of the bridge
     * @param minPosition returns the position that a read must contain: that of the last fact when this node became
     *     the owner of the event store, since an earlier owner may have exported that fact
     */
    public LocalRegistryGateway(
            RegistrationService registrations,
            RegistrySnapshotService snapshots,
            Caller caller,
            LongSupplier minPosition,
            BridgeSettings settings) {
        this.registrations = registrations;
        this.snapshots = snapshots;
        this.caller = caller;
        this.minPosition = minPosition;
        this.timeout = settings.requestTimeout();
        this.retryInterval = settings.retryInterval();
        this.maxConcurrentWrites = settings.maxConcurrentWrites();
    }

    @Override
    public List<InstanceView> instances() throws LocalRegistryException, InterruptedException {
        var snapshot = await(snapshots.current().timeout(timeout));
        if (snapshot.age() != null) {
            // Removals that rest on an old state could be wrong.
            throw new LocalRegistryException(
                    "The stores of this registry are away.", new IllegalStateException("stale snapshot"));
        }
        if (snapshot.position() < minPosition.getAsLong()) {
            throw new LocalRegistryException(
                    "The read models don't contain yet what was written before this node took over.",
                    new IllegalStateException("early snapshot"));
        }
        var instances = new ArrayList<InstanceView>();
        snapshot.services().forEach(service -> instances.addAll(service.instances()));
        return instances;
    }

    @Override
    public Disposable follow(Runnable listener) {
        var last = new long[] {-1};
        return Mono.defer(() -> snapshots.awaitChange(RegistrySnapshot::index, last[0], CONFIRMATION_INTERVAL))
                .doOnNext(snapshot -> {
                    if (snapshot.index() != last[0]) {
                        last[0] = snapshot.index();
                        listener.run();
                    }
                })
                .onErrorResume(failure -> Mono.delay(retryInterval).then(Mono.empty()))
                .repeat()
                .subscribe();
    }

    @Override
    public Set<String> write(List<ImportWrite> writes) throws LocalRegistryException, InterruptedException {
        var refused = await(Flux.fromIterable(writes)
                .flatMap(this::write, maxConcurrentWrites)
                .collectList());
        return new HashSet<>(refused);
    }

    /** Writes one instance; emits its id if it is refused. */
    private Mono<String> write(ImportWrite write) {
        var by = caller.withReason(write.reason());
        return commands(write, by)
                .timeout(timeout)
                .then(Mono.<String>empty())
                .onErrorResume(LocalRegistryGateway::isRefusal, refusal -> {
                    LOG.warn("Bridge {}: {} is refused: {}", caller.principal(), write.id(), refusal.getMessage());
                    return Mono.just(write.id());
                });
    }

    private Flux<CommandReply> commands(ImportWrite write, Caller by) {
        var after = write.after();
        if (after == null) {
            return registrations
                    .deregister(write.id(), by)
                    .onErrorResume(LocalRegistryGateway::isAbsent, _ -> Mono.empty())
                    .flux();
        }
        var commands = new ArrayList<Mono<CommandReply>>();
        if (!ImportDocuments.isSameRegistration(write.before(), after)) {
            commands.add(registrations.register(ImportDocuments.registration(after), by));
        }
        ObjectNode adminState = ImportDocuments.adminState(write.before(), after);
        if (adminState != null) {
            commands.add(registrations.update(write.id(), adminState, by));
        }
        ObjectNode health = ImportDocuments.health(write.before(), after);
        if (health != null) {
            commands.add(registrations.renew(write.id(), health, by));
        }
        return Flux.concat(commands);
    }

    /** Returns true if the same write would be refused again. */
    private static boolean isRefusal(Throwable failure) {
        return failure instanceof RegistryException exception
                && exception.code().status() < 500
                && exception.code() != ErrorCode.RATE_LIMITED;
    }

    private static boolean isAbsent(Throwable failure) {
        return failure instanceof RegistryException exception
                && (exception.code() == ErrorCode.UNKNOWN_INSTANCE
                        || exception.code() == ErrorCode.INSTANCE_DEREGISTERED);
    }

    private <T> T await(Mono<T> result) throws LocalRegistryException, InterruptedException {
        try {
            return result.toFuture().get();
        } catch (ExecutionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            throw new LocalRegistryException("This registry can't be used: " + cause.getMessage(), cause);
        }
    }
}
