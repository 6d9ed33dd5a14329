package dev.aicore.discovery.dialect.eureka;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.Outcome.Stored;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.InstancePrecondition;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.command.instance.RegistrationService;
import dev.aicore.discovery.query.discovery.registry.RegistrySnapshotService;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.JsonNodeFactory;

/** Brings the states of an instance in the registry to what a status in Eureka means. */
final class EurekaStatusWriter {

    /** Maximum number of passes of a check that damping can require of an instance, and some more. */
    private static final int MAX_PASSES = 32;

    private static final String STATUS = "status";

    private final RegistrationService registrations;
    private final RegistrySnapshotService snapshots;

    EurekaStatusWriter(RegistrationService registrations, RegistrySnapshotService snapshots) {
        this.registrations = registrations;
        this.snapshots = snapshots;
    }

    /** Instance to change, by its names in the registry. */
    record Target(String service, String id) {}

    /**
     * Makes sure that an instance isn't discovered, if the status that it is to have isn't {@code UP}. Called before
     * its registration, which is another command: if only one of them is stored, the instance is never up although it
     * has said otherwise.
     *
     * @param before instance before its registration; null if it isn't present. One that was removed shortly before
     *     would be as healthy as it was then.
     */
    Mono<Void> withhold(
            ServerWebExchange exchange,
            Target target,
            @Nullable InstanceView before,
            EurekaStatus status,
            Caller caller) {
        if (status == EurekaStatus.UP) {
            return Mono.empty();
        }
        if (before != null && status == EurekaStatus.OUT_OF_SERVICE) {
            return before.declared() == AdminState.ACTIVE
                    ? declare(exchange, target, true, caller).then()
                    : Mono.empty();
        }
        return before == null || before.health() == HealthState.HEALTHY
                ? report(exchange, target, HealthState.UNHEALTHY, caller, 1)
                        .onErrorComplete(EurekaStatusWriter::isAbsence)
                : Mono.empty();
    }

    private static boolean isAbsence(Throwable failure) {
        return failure instanceof RegistryException refusal
                && (refusal.code() == ErrorCode.UNKNOWN_INSTANCE || refusal.code() == ErrorCode.INSTANCE_DEREGISTERED);
    }

    /**
     * Sets maintenance and health, as far as they differ.
     *
     * @param state states of the instance now
     * @param status status that the instance is to have
     * @param own status that the instance itself reports; the health during maintenance
     */
    Mono<Void> write(
            ServerWebExchange exchange,
            Target target,
            InstanceState state,
            EurekaStatus status,
            EurekaStatus own,
            Caller caller) {
        boolean outOfService = status == EurekaStatus.OUT_OF_SERVICE;
        return (outOfService == (state.declared() != AdminState.ACTIVE)
                        ? Mono.just(state)
                        : declare(exchange, target, outOfService, caller))
                .flatMap(now -> {
                    var health = health(outOfService ? own : status, now.health());
                    return health == null || health == now.health()
                            ? Mono.empty()
                            : report(exchange, target, health, caller, MAX_PASSES);
                });
    }

    private Mono<InstanceState> declare(
            ServerWebExchange exchange, Target target, boolean outOfService, Caller caller) {
        var patch = JsonNodeFactory.instance.objectNode().put(STATUS, outOfService ? "maintenance" : "active");
        return registrations
                .update(exchange, target.id(), patch, InstancePrecondition.NONE, caller)
                .map(reply -> ((Stored) reply.outcome()).state());
    }

    /** Returns the health that a status means; null if the present one fits. */
    private static @Nullable HealthState health(EurekaStatus status, HealthState present) {
        return switch (status) {
            case UP, OUT_OF_SERVICE -> HealthState.HEALTHY;
            case DOWN, UNKNOWN -> HealthState.UNHEALTHY;
            case STARTING -> present == HealthState.STARTING ? null : HealthState.UNHEALTHY;
        };
    }

    /** Reports a health as the instance itself would; more than once if the registry requires several passes. */
    private Mono<Void> report(
            ServerWebExchange exchange, Target target, HealthState health, Caller caller, int remaining) {
        boolean healthy = health == HealthState.HEALTHY;
        var heartbeat = JsonNodeFactory.instance.objectNode().put(STATUS, healthy ? "healthy" : "unhealthy");
        var reported = registrations.renew(exchange.getRequest(), target.id(), heartbeat, caller);
        return healthy && remaining > 1
                ? reported.then(Mono.defer(() -> isHealthy(target)))
                        .flatMap(done -> done ? Mono.empty() : report(exchange, target, health, caller, remaining - 1))
                : reported.then();
    }

    private Mono<Boolean> isHealthy(Target target) {
        return snapshots.current().map(snapshot -> {
            var instance = snapshot.service(target.service()).find(target.id());
            return instance == null || instance.health() == HealthState.HEALTHY;
        });
    }
}
