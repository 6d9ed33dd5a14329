package dev.aicore.discovery.command.restore;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aicore.discovery.command.restore.Step.Kind;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;

/**
 * What makes a service what it was.
 *
 * @param steps ordered by id
 * @param same how many instances are as they were
 */
record RestorePlan(Compared compared, List<Step> steps, int same) {

    static RestorePlan of(Compared compared) {
        var now = new HashMap<String, Known>();
        compared.now().forEach(known -> now.put(known.id(), known));
        var steps = new ArrayList<Step>();
        int same = 0;
        for (var then : compared.then()) {
            var is = now.remove(then.id());
            if (is == null) {
                steps.add(new Step(then.id(), Kind.MISSING, then, null));
            } else if (then.isAs(is)) {
                same++;
            } else {
                steps.add(new Step(then.id(), Kind.CHANGED, then, is));
            }
        }
        now.values().forEach(added -> steps.add(new Step(added.id(), Kind.ADDED, null, added)));
        steps.sort(Comparator.comparing(Step::id));
        return new RestorePlan(compared, List.copyOf(steps), same);
    }

    /** Stands for the plan: the same as long as the service doesn't move on. */
    String token() {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update((compared.position() + "\n").getBytes(UTF_8));
            steps.forEach(step -> sha.update((step.fingerprint() + "\n").getBytes(UTF_8)));
            return HexFormat.of().formatHex(sha.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
