package dev.aicore.discovery.query.discovery;

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
 * Facts known about an instance at a point in time.
 *
 * @param service under which the instance was registered; null if it never was
 * @param gone how the instance left; null if it didn't
 * @param instance null if the instance isn't present
 * @param last last fact of each type since the registration, by fact type
 * @param began facts that began the owner's declared values that speak against discovery
 */
record InstanceEvidence(
        @Nullable String service,
        @Nullable String gone,
        @Nullable InstanceView instance,
        Map<String, LastChange> last,
        AdminChanges began) {

    /**
     * Facts that began a declared value.
     *
     * @param declared begin of maintenance or draining; null if the instance is active
     * @param weight begin of weight 0; null if the weight isn't 0
     */
    record AdminChanges(
            @Nullable LastChange declared, @Nullable LastChange weight) {

        static final AdminChanges NONE = new AdminChanges(null, null);
    }

    /**
     * Returns the evidence that a caller may see: none if the service is outside of the caller's scope, and check
     * results without details unless the caller may read them.
     */
    InstanceEvidence visibleTo(Caller caller) {
        if (caller.reach() != null && (service == null || !caller.coversService(service))) {
            return new InstanceEvidence(null, null, null, Map.of(), AdminChanges.NONE);
        }
        return caller.isGranted(Permission.CHECK_DETAIL) ? this : redacted();
    }

    private InstanceEvidence redacted() {
        var redacted = new HashMap<String, LastChange>();
        last.forEach((fact, it) -> redacted.put(
                fact,
                new LastChange(it.position(), it.at(), it.actor(), CheckResult.redacted(it.summary()), it.reason())));
        return new InstanceEvidence(service, gone, instance, redacted, began);
    }

    /** Returns the latest fact of the given types; null if none of them happened. */
    @Nullable
    LastChange lastOf(String... facts) {
        return Arrays.stream(facts)
                .map(last::get)
                .filter(Objects::nonNull)
                .max(Comparator.comparingLong(LastChange::position))
                .orElse(null);
    }
}
