package dev.aicore.discovery.command.restore;

import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.Outcome.Restored.RestoredInstance;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was done to bring a service back, or would be.
 *
 * @param dryRun whether nothing was done
 * @param token stands for what the service is and what would be done; the real run may present it
 * @param same how many instances are as they were
 * @param instances those that aren't, ordered by id
 */
record RestoreView(String serviceName, Moment at, boolean dryRun, String token, int same, List<Restored> instances) {

    RestoreView {
        instances = List.copyOf(instances);
    }

    static RestoreView of(Outcome.Restored restored, boolean dryRun) {
        var point = restored.point();
        return new RestoreView(
                point.service(),
                new Moment(point.position(), point.at()),
                dryRun,
                point.token(),
                point.same(),
                restored.instances().stream().map(Restored::of).toList());
    }

    /** The moment that it is brought back to. */
    record Moment(long position, Instant at) {}

    /**
     * One that isn't as it was.
     *
     * @param kind {@code missing}, or a conflict: {@code changed}, {@code added}
     * @param outcome {@code restored}, {@code reverted}, {@code deregistered}, {@code skipped}, or the code of a refusal; in a dry run
     *     what would be
     * @param detail why it was refused; null if it wasn't
     */
    record Restored(
            String id,
            String kind,
            String outcome,
            @Nullable String detail) {

        private static Restored of(RestoredInstance instance) {
            return new Restored(instance.id(), instance.difference().word(), instance.came(), instance.detail());
        }
    }
}
