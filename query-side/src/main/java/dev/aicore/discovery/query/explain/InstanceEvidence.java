package dev.aicore.discovery.query.explain;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.access.Permission;
import dev.aicore.discovery.api.health.CheckResult;
import dev.aicore.discovery.api.history.DiffView.LastChange;
import dev.aicore.discovery.api.instance.InstanceView;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an instance at a moment.
 *
 * @param service what it was registered under; null if it never was
 * @param gone how it went; null if it didn't
 * @param instance null if it isn't there
 * @param last what happened to it last since it was registered, by the name of the fact
 * @param began at which facts that began which its owner says and which speaks against it
 */
record InstanceEvidence(
        @Nullable String service,
        @Nullable String gone,
        @Nullable InstanceView instance,
        Map<String, LastChange> last,
        AdminChanges began) {

    /**
     * Facts at which something began.
     *
     * @param declared null if it is active
     * @param weight null if it isn't 0
     */
    record AdminChanges(
            @Nullable LastChange declared, @Nullable LastChange weight) {

        static final AdminChanges NOTHING = new AdminChanges(null, null);
    }

    /** The same, or nothing where the caller is bound to other services; what checks found as the caller may know it. */
    InstanceEvidence seenBy(Caller caller) {
        if (caller.reach() != null && (service == null || !caller.reaches(service))) {
            return new InstanceEvidence(null, null, null, Map.of(), AdminChanges.NOTHING);
        }
        return caller.isGranted(Permission.CHECK_DETAIL) ? this : forEverybody();
    }

    private InstanceEvidence forEverybody() {
        var told = new HashMap<String, LastChange>();
        last.forEach((fact, it) -> told.put(
                fact,
                new LastChange(
                        it.position(), it.at(), it.actor(), CheckResult.forEverybody(it.summary()), it.reason())));
        return new InstanceEvidence(service, gone, instance, told, began);
    }

    /** The latest of these facts; null if none of them happened. */
    @Nullable
    LastChange lastOf(String... facts) {
        return Arrays.stream(facts)
                .map(last::get)
                .filter(Objects::nonNull)
                .max(Comparator.comparingLong(LastChange::position))
                .orElse(null);
    }
}
