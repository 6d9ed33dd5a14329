package dev.aicore.discovery.command.restore;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.shard.Difference;
import dev.aicore.discovery.api.shard.Outcome.Refused;
import dev.aicore.discovery.api.shard.Outcome.Restored;
import dev.aicore.discovery.api.shard.Outcome.Restored.Brought;
import dev.aicore.discovery.api.shard.RestorePoint;
import dev.aicore.discovery.api.shard.RestoreService;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * What makes a service what it was.
 *
 * @param point what it is brought back to
 * @param mark the store's last fact when that was found
 * @param steps ordered by id
 * @param ofOthers ids that instances of other services had by then
 */
record RestorePlan(RestorePoint point, long mark, List<Step> steps, Set<String> ofOthers) {

    static RestorePlan of(String service, Compared compared) {
        var now = new HashMap<String, Known>();
        compared.now().forEach(known -> now.put(known.id(), known));
        var steps = new ArrayList<Step>();
        int same = 0;
        for (var then : compared.then()) {
            var is = now.remove(then.id());
            if (is == null && then.expired()) {
                continue;
            }
            if (is == null) {
                steps.add(new Step(then.id(), Difference.MISSING, then, null));
            } else if (then.isAs(is)) {
                same++;
            } else {
                steps.add(new Step(then.id(), Difference.CHANGED, then, is));
            }
        }
        now.values().forEach(added -> steps.add(new Step(added.id(), Difference.ADDED, null, added)));
        steps.sort(Comparator.comparing(Step::id));
        var point = new RestorePoint(service, compared.position(), compared.at(), token(steps), same);
        return new RestorePlan(point, compared.mark(), List.copyOf(steps), Set.copyOf(compared.ofOthers()));
    }

    /** Stands for the plan: the same as long as the service doesn't move on, also when the moment was named relative to now. */
    private static String token(List<Step> steps) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            steps.forEach(step -> sha.update((step.fingerprint() + "\n").getBytes(UTF_8)));
            return HexFormat.of().formatHex(sha.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether there is anything to do. */
    boolean isDue(boolean force) {
        return steps.stream().anyMatch(step -> step.isDue(force));
    }

    RestoreService asked(boolean force, Envelope by) {
        var asked = steps.stream()
                .map(step -> new RestoreService.Step(
                        step.id(), step.difference(), step.isDue(force) ? step.changes(by) : List.of()))
                .toList();
        return new RestoreService(point, asked, by);
    }

    /** What it would come to. */
    Restored would(boolean force) {
        return new Restored(
                point, steps.stream().map(step -> would(step, force)).toList(), List.of());
    }

    /** An id that another service has isn't to be had, which the shard says where it is tried. */
    private Brought would(Step step, boolean force) {
        if (step.difference() == Difference.MISSING && ofOthers.contains(step.id())) {
            var refused = Refused.ofAnotherService(step.id());
            return new Brought(step.id(), step.difference(), refused.code().code(), refused.detail());
        }
        return Brought.of(step.id(), step.difference(), step.isDue(force));
    }
}
