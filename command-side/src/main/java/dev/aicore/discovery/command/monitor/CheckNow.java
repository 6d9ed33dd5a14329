package dev.aicore.discovery.command.monitor;

import static dev.aicore.discovery.api.error.ErrorCode.NO_ACTIVE_CHECK;

import dev.aicore.discovery.api.access.Reach;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.shard.Outcome.Held;
import dev.aicore.discovery.api.shard.Precondition;
import dev.aicore.discovery.api.shard.UpdateInstance;
import dev.aicore.discovery.command.collector.Intake;
import dev.aicore.discovery.command.collector.Reply;
import dev.aicore.discovery.command.instance.Replies;
import dev.aicore.discovery.command.probe.Probe;
import dev.aicore.discovery.command.probe.ProbeResult;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Checks an instance because somebody asks, and tells what came of it. */
final class CheckNow {

    private final Intake intake;
    private final Monitor monitor;
    private final boolean enabled;

    /** @param enabled whether there are active checks at all */
    CheckNow(Intake intake, Monitor monitor, boolean enabled) {
        this.intake = intake;
        this.monitor = monitor;
        this.enabled = enabled;
    }

    /**
     * How it went.
     *
     * @param state of the instance, with the result
     * @param recorded whether the result counts
     */
    record Checked(Probe probe, ProbeResult result, InstanceState state, boolean recorded, Reply reply) {}

    /**
     * Fails with {@link RegistryException}. Giving up on it doesn't stop the check.
     *
     * @param reach the services that whoever asks is bound to; null for all
     */
    Mono<Checked> check(String id, @Nullable Reach reach) {
        return find(id, reach).flatMap(reply -> {
            var probe = probe(id, (Held) reply.outcome());
            return Mono.fromFuture(() -> monitor.look(probe), true)
                    .flatMap(looked -> recorded(looked, reply).flatMap(after -> settled(id, probe, looked, after)));
        });
    }

    private Mono<Checked> settled(String id, Probe probe, Looked looked, Reply recorded) {
        return find(id, null)
                .map(now -> new Checked(
                        probe,
                        looked.result(),
                        ((Held) now.outcome()).state(),
                        looked.recorded() != null,
                        new Reply(
                                now.outcome(),
                                Math.max(now.position(), recorded.position()),
                                now.at(),
                                now.recordedAt())));
    }

    private static Mono<Reply> recorded(Looked looked, Reply otherwise) {
        var recorded = looked.recorded();
        return recorded == null ? Mono.just(otherwise) : Replies.await(() -> recorded);
    }

    /** As its shard has it: an update that changes nothing, and so is the registry's own. Who may ask for checks, the gate says. */
    private Mono<Reply> find(String id, @Nullable Reach reach) {
        return Replies.await(() -> intake.update(
                new UpdateInstance(
                        id, null, UpdateInstance.NO_PATCH, null, Precondition.NONE, Results.BY_CHECK.within(reach)),
                null));
    }

    private Probe probe(String id, Held held) {
        var probe = Targets.probe(id, held.declaration());
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
}
