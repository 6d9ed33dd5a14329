package dev.aicore.discovery.command.restore;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.instance.Declared;
import dev.aicore.discovery.api.instance.Health;
import dev.aicore.discovery.api.shard.DeregisterInstance;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.Precondition;
import dev.aicore.discovery.api.shard.RegisterInstance;
import dev.aicore.discovery.api.shard.UpdateInstance;
import dev.aicore.discovery.command.collector.Intake;
import dev.aicore.discovery.command.collector.Reply;
import dev.aicore.discovery.command.restore.RestoreView.Restored;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Does a plan step by step. Each step is a write of its own, which takes for granted that its instance is as the plan has it: what moved on
 * meanwhile is refused, and told.
 */
final class Restoring {

    private static final int AT_ONCE = 64;

    private final Intake intake;

    Restoring(Intake intake) {
        this.intake = intake;
    }

    /**
     * A step and what became of it.
     *
     * @param position of its fact; 0 if nothing was done
     */
    record Done(Restored restored, long position) {}

    Flux<Done> run(RestorePlan plan, boolean force, Envelope by) {
        return Flux.fromIterable(plan.steps())
                .flatMapSequential(
                        step -> step.isDue(force) ? run(step, by) : Mono.just(new Done(skipped(step), 0)), AT_ONCE);
    }

    /** What would become of a step. */
    static Restored would(Step step, boolean force) {
        return step.isDue(force) ? restored(step, word(step), null) : skipped(step);
    }

    private Mono<Done> run(Step step, Envelope by) {
        return Mono.fromFuture(() -> write(step, by))
                .map(reply -> done(step, reply))
                .onErrorResume(
                        RegistryException.class,
                        failure ->
                                Mono.just(new Done(restored(step, failure.code().code(), failure.detail()), 0)));
    }

    private CompletableFuture<Reply> write(Step step, Envelope by) {
        return switch (step.kind()) {
            case MISSING -> register(Objects.requireNonNull(step.then()), by);
            case CHANGED -> revert(Objects.requireNonNull(step.then()), Objects.requireNonNull(step.now()), by);
            case ADDED -> deregister(Objects.requireNonNull(step.now()), by);
        };
    }

    /** With a lease of one ttl. Its maintenance is declared at once behind it. */
    private CompletableFuture<Reply> register(Known then, Envelope by) {
        var registered = intake.register(
                new RegisterInstance(then.id(), then.declaration(), Health.HEALTHY, true, then.owner(), by), null);
        return then.declared() == Declared.ACTIVE
                ? registered
                : registered.thenCompose(reply -> reply.outcome() instanceof Outcome.Refused
                        ? CompletableFuture.completedFuture(reply)
                        : intake.update(
                                new UpdateInstance(
                                        then.id(),
                                        null,
                                        UpdateInstance.NO_PATCH,
                                        then.declared(),
                                        Precondition.NONE,
                                        by),
                                null));
    }

    private CompletableFuture<Reply> revert(Known then, Known now, Envelope by) {
        var patch = MergePatch.between(now.declaration(), then.declaration());
        return intake.update(new UpdateInstance(now.id(), null, patch, then.declared(), as(now), by), null);
    }

    private CompletableFuture<Reply> deregister(Known now, Envelope by) {
        return intake.deregister(new DeregisterInstance(now.id(), as(now), by), null);
    }

    private static Precondition as(Known now) {
        return new Precondition(Set.of(now.tag()));
    }

    private static Done done(Step step, Reply reply) {
        return reply.outcome() instanceof Outcome.Refused refused
                ? new Done(restored(step, refused.code().code(), refused.detail()), 0)
                : new Done(restored(step, word(step), null), reply.position());
    }

    private static Restored skipped(Step step) {
        return restored(step, "skipped", null);
    }

    private static Restored restored(Step step, String outcome, @Nullable String detail) {
        return new Restored(step.id(), step.kind().word(), outcome, detail);
    }

    private static String word(Step step) {
        return switch (step.kind()) {
            case MISSING -> "restored";
            case CHANGED -> "reverted";
            case ADDED -> "deregistered";
        };
    }
}
