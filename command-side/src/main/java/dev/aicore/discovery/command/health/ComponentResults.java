package dev.aicore.discovery.command.health;

import dev.aicore.discovery.api.health.CheckFailureCode;
import dev.aicore.discovery.api.health.CheckFailureReason;
import dev.aicore.discovery.api.health.ComponentCheck;
import dev.aicore.discovery.api.health.ComponentHealth;
import dev.aicore.discovery.api.health.CompositeCheck;
import dev.aicore.discovery.healthchecks.probe.ProbeResult;
import dev.aicore.discovery.healthchecks.probe.Prober.Probe;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts the consecutive results of the active checks of composites, measures the silence of those that an instance
 * reports, and decides which of them change a status. Neither is stored: both start at 0 when this node begins to check
 * an instance. Holds as many checks as are declared. Thread-safe.
 */
final class ComponentResults {

    /** Detail of a result that is a warning: HTTP's status 429, as in Consul. */
    private static final String TOO_MANY_REQUESTS = "429";

    /** Output of a check that was not reported within its TTL, as in Consul. */
    private static final String EXPIRED = "TTL expired";

    /** Class of a failure that callers without detail of checks may not know. */
    private static final String UNSPECIFIC = "failed";

    private final Map<String, Declared> byInstance = new HashMap<>();

    private record Declared(int shard, Map<String, Streak> streaks) {}

    private static final class Streak {
        private final ReportSilence silence = new ReportSilence();
        private ComponentCheck component;
        private int passes;
        private int failures;

        private Streak(ComponentCheck component) {
            this.component = component;
        }
    }

    /** Change of a check's status or output. */
    record StatusChange(String instanceId, String component, ComponentHealth status, String output) {}

    /** Forgets the checks of all instances. */
    synchronized void removeAll() {
        byInstance.clear();
    }

    /**
     * Sets the checks of an instance.
     *
     * @param composite null if the instance doesn't have several checks
     * @return ids of the checks that are no longer declared
     */
    synchronized Set<String> declare(int shard, String instanceId, @Nullable CompositeCheck composite) {
        var before = byInstance.remove(instanceId);
        if (before == null && composite == null) {
            return Set.of();
        }
        var streaks = before == null ? new HashMap<String, Streak>() : before.streaks();
        var gone = new HashSet<>(streaks.keySet());
        if (composite != null) {
            gone.removeAll(composite.components().keySet());
            composite
                    .components()
                    .forEach((id, component) ->
                            streaks.computeIfAbsent(id, _ -> new Streak(component)).component = component);
            byInstance.put(instanceId, new Declared(shard, streaks));
        }
        gone.forEach(streaks::remove);
        return gone;
    }

    /**
     * Removes the checks of an instance, if the same shard declared them.
     *
     * @return their ids
     */
    synchronized Set<String> remove(int shard, String instanceId) {
        var declared = byInstance.get(instanceId);
        return declared == null || declared.shard() != shard ? Set.of() : declare(shard, instanceId, null);
    }

    /** Returns the ids of an instance's checks; empty unless it has several checks. */
    synchronized Set<String> idsOf(String instanceId) {
        var declared = byInstance.get(instanceId);
        return declared == null ? Set.of() : Set.copyOf(declared.streaks().keySet());
    }

    /** Counts the result of a component's check; returns the change that it causes, null if there is none. */
    synchronized @Nullable StatusChange count(Probe probe, ProbeResult result) {
        var declared = byInstance.get(probe.id());
        var id = probe.component();
        var streak = declared == null || id == null ? null : declared.streaks().get(id);
        if (id == null || streak == null) {
            return null;
        }
        var status = status(result);
        boolean failed = status == ComponentHealth.CRITICAL;
        streak.failures = failed ? streak.failures + 1 : 0;
        streak.passes = failed ? 0 : streak.passes + 1;
        var check = streak.component.check();
        boolean reached =
                failed ? streak.failures >= check.failureThreshold() : streak.passes >= check.successThreshold();
        var output = output(status, result);
        boolean same =
                streak.component.status() == status && streak.component.output().equals(output);
        return reached && !same ? new StatusChange(probe.id(), id, status, output) : null;
    }

    /** Records that an instance reported some of its checks. Ignores ids that are not declared. */
    synchronized void reported(String instanceId, Collection<String> components) {
        var declared = byInstance.get(instanceId);
        if (declared != null) {
            components.stream()
                    .map(declared.streaks()::get)
                    .filter(Objects::nonNull)
                    .forEach(streak -> streak.silence.reported());
        }
    }

    /**
     * Measures the silence of a check that an instance reports.
     *
     * @param now nanoseconds of the monotonic clock
     * @return the change that the end of its TTL causes; null if there is none
     */
    synchronized @Nullable StatusChange measureSilence(Probe probe, long now) {
        var declared = byInstance.get(probe.id());
        var id = probe.component();
        var streak = declared == null || id == null ? null : declared.streaks().get(id);
        if (id == null || streak == null || !streak.silence.exceeds(streak.component.check(), now)) {
            return null;
        }
        return streak.component.status() == ComponentHealth.CRITICAL
                ? null
                : new StatusChange(probe.id(), id, ComponentHealth.CRITICAL, EXPIRED);
    }

    private static ComponentHealth status(ProbeResult result) {
        if (result.passed()) {
            return ComponentHealth.PASSING;
        }
        return result.failure() == CheckFailureCode.STATUS && result.detail().equals(TOO_MANY_REQUESTS)
                ? ComponentHealth.WARNING
                : ComponentHealth.CRITICAL;
    }

    /** Returns the class of a failure only, because everyone who sees the instance sees the output. */
    private static String output(ComponentHealth status, ProbeResult result) {
        var failure = result.failure();
        if (status == ComponentHealth.WARNING) {
            return "The check was answered with too many requests.";
        }
        if (failure == null) {
            return "";
        }
        var word = CheckFailureReason.publicText(new CheckFailureReason(failure, 0).text());
        return word.equals(UNSPECIFIC) ? "The check failed." : "The check failed: " + word + ".";
    }
}
