package dev.aicore.discovery.command.restore;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome.Refused;
import dev.aicore.discovery.api.Outcome.Restored;
import dev.aicore.discovery.api.Outcome.Restored.RestoredInstance;
import dev.aicore.discovery.api.restore.RestoreAction;
import dev.aicore.discovery.api.restore.RestoreServiceInstances;
import dev.aicore.discovery.api.restore.RestoreServiceInstances.RestorePoint;
import dev.aicore.discovery.command.restore.ServiceComparison.DeclaredInstance;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Plan to restore a service.
 *
 * @param point point to which the service is restored
 * @param mark position of the store's last fact when the plan was made
 * @param steps steps ordered by the ids of the instances
 * @param ofOthers ids that belong to instances of other services now
 */
record RestorePlan(RestorePoint point, long mark, List<RestoreStep> steps, Set<String> ofOthers) {

    static RestorePlan of(String service, ServiceComparison serviceComparison) {
        var now = new HashMap<String, DeclaredInstance>();
        serviceComparison.now().forEach(declaredInstance -> now.put(declaredInstance.id(), declaredInstance));
        var steps = new ArrayList<RestoreStep>();
        int same = 0;
        for (var then : serviceComparison.then()) {
            var is = now.remove(then.id());
            if (is == null && then.expired()) {
                continue;
            }
            if (is == null) {
                steps.add(new RestoreStep(then.id(), RestoreAction.MISSING, then, null));
            } else if (then.isAs(is)) {
                same++;
            } else {
                steps.add(new RestoreStep(then.id(), RestoreAction.CHANGED, then, is));
            }
        }
        now.values().forEach(added -> steps.add(new RestoreStep(added.id(), RestoreAction.ADDED, null, added)));
        steps.sort(Comparator.comparing(RestoreStep::id));
        var point = new RestorePoint(service, serviceComparison.position(), serviceComparison.at(), token(steps), same);
        return new RestorePlan(
                point, serviceComparison.mark(), List.copyOf(steps), Set.copyOf(serviceComparison.ofOthers()));
    }

    /**
     * Computes the token of the plan. It stays the same while the service does not change, even if the point was given
     * relative to now.
     */
    private static String token(List<RestoreStep> steps) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            steps.forEach(restoreStep -> sha.update((restoreStep.fingerprint() + "\n").getBytes(UTF_8)));
            return HexFormat.of().formatHex(sha.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns true if the plan changes anything. */
    boolean isDue(boolean force) {
        return steps.stream().anyMatch(restoreStep -> restoreStep.isDue(force));
    }

    RestoreServiceInstances toCommand(boolean force, EventMetadata metadata) {
        var commandSteps = steps.stream()
                .map(restoreStep -> new RestoreServiceInstances.Step(
                        restoreStep.id(),
                        restoreStep.difference(),
                        restoreStep.isDue(force) ? restoreStep.changes(metadata) : List.of()))
                .toList();
        return new RestoreServiceInstances(point, commandSteps, metadata);
    }

    /** Returns the expected outcome of the plan. */
    Restored preview(boolean force) {
        return new Restored(
                point,
                steps.stream().map(restoreStep -> preview(restoreStep, force)).toList(),
                List.of());
    }

    /**
     * Returns the expected outcome of a step. An id that belongs to another service can't be restored; in a real run
     * the shard refuses it.
     */
    private RestoredInstance preview(RestoreStep restoreStep, boolean force) {
        if (restoreStep.difference() == RestoreAction.MISSING && ofOthers.contains(restoreStep.id())) {
            var refused = Refused.ofAnotherService(restoreStep.id());
            return new RestoredInstance(
                    restoreStep.id(), restoreStep.difference(), refused.code().code(), refused.detail());
        }
        return RestoredInstance.of(restoreStep.id(), restoreStep.difference(), restoreStep.isDue(force));
    }
}
