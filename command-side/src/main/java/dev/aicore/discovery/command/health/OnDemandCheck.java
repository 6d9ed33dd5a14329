package dev.aicore.discovery.command.health;

import static dev.aicore.discovery.api.error.ErrorCode.NO_ACTIVE_CHECK;

import dev.aicore.discovery.api.Outcome.Stored;
import dev.aicore.discovery.api.access.ServiceScope;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.health.CompositeCheck;
import dev.aicore.discovery.api.instance.InstancePrecondition;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.instance.UpdateInstance;
import dev.aicore.discovery.command.batching.CommandGateway;
import dev.aicore.discovery.command.batching.CommandReply;
import dev.aicore.discovery.command.instance.CommandReplyMapper;
import dev.aicore.discovery.healthchecks.probe.ProbeResult;
import dev.aicore.discovery.healthchecks.probe.Prober.Probe;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Checks an instance at the request of a caller, and reports the result. */
final class OnDemandCheck {

    private final CommandGateway commandGateway;
    private final HealthCheckLoop healthCheckLoop;
    private final boolean enabled;

    /**
     * Creates the service.
     *
     * @param enabled true if this registry makes active checks
     */
    OnDemandCheck(CommandGateway commandGateway, HealthCheckLoop healthCheckLoop, boolean enabled) {
        this.commandGateway = commandGateway;
        this.healthCheckLoop = healthCheckLoop;
        this.enabled = enabled;
    }

    /**
     * Result of the check.
     *
     * @param state state of the instance after the result
     * @param recorded true if the result was recorded
     */
    record CheckReport(Probe probe, ProbeResult result, InstanceState state, boolean recorded, CommandReply reply) {}

    /**
     * Checks an instance. Fails with {@link RegistryException}. Cancelling the result does not cancel the check.
     *
     * @param scope service scope of the caller; null for all services
     */
    Mono<CheckReport> check(String id, @Nullable ServiceScope scope) {
        return find(id, scope).flatMap(commandReply -> {
            var probe = probe(id, (Stored) commandReply.outcome());
            return Mono.fromFuture(() -> healthCheckLoop.poll(probe), true)
                    .flatMap(onDemandResult -> recorded(onDemandResult, commandReply)
                            .flatMap(after -> toReport(id, probe, onDemandResult, after)));
        });
    }

    private Mono<CheckReport> toReport(String id, Probe probe, OnDemandResult onDemandResult, CommandReply recorded) {
        return find(id, null)
                .map(now -> new CheckReport(
                        probe,
                        onDemandResult.result(),
                        ((Stored) now.outcome()).state(),
                        onDemandResult.recorded() != null,
                        new CommandReply(
                                now.outcome(),
                                Math.max(now.position(), recorded.position()),
                                now.at(),
                                now.recordedAt())));
    }

    private static Mono<CommandReply> recorded(OnDemandResult onDemandResult, CommandReply otherwise) {
        var recorded = onDemandResult.recorded();
        return recorded == null ? Mono.just(otherwise) : CommandReplyMapper.await(() -> recorded);
    }

    /**
     * Returns the instance from its shard, by an update without changes that the registry sends in its own name. Access
     * control has already decided that the caller may request checks.
     */
    private Mono<CommandReply> find(String id, @Nullable ServiceScope scope) {
        return CommandReplyMapper.await(() -> commandGateway.update(
                new UpdateInstance(
                        id,
                        null,
                        UpdateInstance.NO_PATCH,
                        null,
                        InstancePrecondition.NONE,
                        CheckResultRecorder.BY_CHECK.within(scope)),
                null));
    }

    private Probe probe(String id, Stored stored) {
        var probe = TargetTracker.probe(id, stored.declaration());
        if (CompositeCheck.of(stored.declaration().healthCheck()) != null) {
            throw new RegistryException(
                    NO_ACTIVE_CHECK,
                    "The instance '" + id + "' has several checks, which run at their intervals and not on demand.");
        }
        if (probe == null) {
            throw new RegistryException(
                    NO_ACTIVE_CHECK, "The instance '" + id + "' has no check of type http, tcp, grpc or script.");
        }
        if (!enabled) {
            throw new RegistryException(
                    NO_ACTIVE_CHECK,
                    "This registry makes no active checks: the setting registry.health_checks.enabled is false.");
        }
        return probe;
    }

    /**
     * Result of an on-demand check.
     *
     * @param recorded completes when the result is durable; null if the result says nothing about the instance and is
     *     not recorded
     */
    record OnDemandResult(ProbeResult result, @Nullable CompletableFuture<CommandReply> recorded) {}
}
