package dev.aicore.discovery.command.restore;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.Outcome.Restored.RestoredInstance;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Response to a restore: the changes that were made, or would be made in a dry run.
 *
 * @param dryRun true if nothing was changed
 * @param token token of the plan, which the real run may present
 * @param same number of instances without difference
 * @param instances instances with a difference, ordered by id
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

    /** Point to which the service is restored. */
    record Moment(long position, Instant at) {}

    /**
     * Instance with a difference.
     *
     * @param kind {@code missing}, or a conflict: {@code changed}, {@code added}
     * @param outcome {@code restored}, {@code reverted}, {@code deregistered}, {@code skipped}, or the code of a
     *     refusal; in a dry run the expected one
     * @param detail reason of the refusal; null if it was not refused
     */
    record Restored(
            String id,
            String kind,
            String outcome,
            @Nullable String detail) {

        private static Restored of(RestoredInstance instance) {
            return new Restored(instance.id(), instance.difference().jsonName(), instance.came(), instance.detail());
        }
    }
}
