package dev.aicore.discovery.command.health;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.health.CompositeCheck;
import dev.aicore.discovery.api.health.FindMonitoredInstances;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.api.health.SwitchMonitoring;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.DeregisterInstance;
import dev.aicore.discovery.api.instance.RegisterInstance;
import dev.aicore.discovery.api.instance.UpdateInstance;
import dev.aicore.discovery.api.lease.Lease;
import dev.aicore.discovery.api.lease.RenewLease;
import dev.aicore.discovery.api.lease.RenewLeases;
import dev.aicore.discovery.api.restore.RestoreServiceInstances;
import dev.aicore.discovery.command.batching.OutcomeListener;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.healthchecks.probe.Prober.Probe;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the scheduler consistent with the decisions of the shards: registrations, changes, stopped checks and removals.
 * If an outcome does not contain whether an instance is to be checked, queries its shard.
 */
final class TargetTracker implements OutcomeListener {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final JsonPointer COMPONENTS = JsonPointer.compile("/health_check/config/" + CompositeCheck.CHECKS);

    private final CheckScheduler checkScheduler;
    private final ComponentResults componentResults;
    private final MonitoringLookupQueue monitoringLookupQueue;
    private final TimeSource time;
    private final Runnable wake;

    /**
     * Creates a tracker.
     *
     * @param wake called when a check may be due
     */
    TargetTracker(
            CheckScheduler checkScheduler,
            ComponentResults componentResults,
            MonitoringLookupQueue monitoringLookupQueue,
            TimeSource time,
            Runnable wake) {
        this.checkScheduler = checkScheduler;
        this.componentResults = componentResults;
        this.monitoringLookupQueue = monitoringLookupQueue;
        this.time = time;
        this.wake = wake;
    }

    @Override
    public void decided(int shard, ShardCommand command, Outcome outcome) {
        switch (outcome) {
            case Outcome.Renewed renewed -> revived(shard, renewed);
            case Outcome.Batch batch -> batch.outcomes().forEach(one -> decided(shard, command, one));
            case Outcome.Restored restored -> restored.done().forEach(one -> decided(shard, command, one));
            case Outcome.Stored stored -> onStored(shard, command, stored);
            case Outcome.Deregistered deregistered ->
                remove(shard, deregistered.lease().id());
            case Outcome.Leases leases -> leases.leases().forEach(lease -> removed(shard, lease));
            case Outcome.Monitored monitored -> switched(shard, monitored);
            case Outcome.MonitoredInstances monitoredInstances ->
                onFound(shard, (FindMonitoredInstances) command, monitoredInstances);
            case Outcome.Circuit _,
                    Outcome.Reset _,
                    Outcome.Dropped _,
                    Outcome.Checkpointed _,
                    Outcome.Configured _,
                    Outcome.Refused _ -> {}
        }
    }

    @Override
    public void lost(int shard, List<ShardCommand> items) {
        items.forEach(command -> lost(shard, command));
    }

    private void lost(int shard, ShardCommand command) {
        switch (command) {
            case RegisterInstance register -> enqueueLookup(shard, register.id());
            case UpdateInstance update -> enqueueLookup(shard, update.id());
            case DeregisterInstance deregister -> enqueueLookup(shard, deregister.id());
            case SwitchMonitoring switchMonitoring -> enqueueLookup(shard, switchMonitoring.id());
            case RenewLease renew -> enqueueLookup(shard, renew.id());
            case RenewLeases renewLeases -> renewLeases.ids().forEach(id -> enqueueLookup(shard, id));
            case RestoreServiceInstances lost -> lost.steps().forEach(step -> enqueueLookup(shard, step.id()));
            default -> {}
        }
    }

    private void onStored(int shard, ShardCommand command, Outcome.Stored stored) {
        var id = stored.lease().id();
        boolean watched = stored.change() == Outcome.Change.CREATED || isWatched(shard, id);
        var probes = declare(shard, id, stored.declaration());
        onReported(command, id, CompositeCheck.of(stored.declaration().healthCheck()));
        if (probes.isEmpty()) {
            checkScheduler.remove(shard, id);
        } else if (watched) {
            probes.forEach(probe -> watch(shard, probe));
        } else {
            probes.forEach(checkScheduler::declare);
            if (stored.change() == Outcome.Change.UPDATED || stored.change() == Outcome.Change.REVIVED) {
                enqueueLookup(shard, id);
            }
        }
    }

    /** Records which of several reported checks a command contains: a registration all, an update those it names. */
    private void onReported(ShardCommand command, String id, @Nullable CompositeCheck composite) {
        if (composite == null || !composite.hasSeveralReported()) {
            return;
        }
        switch (command) {
            case RegisterInstance _ ->
                componentResults.reported(id, composite.components().keySet());
            case UpdateInstance update ->
                componentResults.reported(
                        id, MAPPER.readTree(update.patch()).at(COMPONENTS).propertyNames());
            default -> {}
        }
    }

    private void revived(int shard, Outcome.Renewed renewed) {
        if (renewed.revived()) {
            enqueueLookup(shard, renewed.lease().id());
        }
    }

    private void removed(int shard, Lease lease) {
        if (lease.phase() == Lease.Phase.REMOVED || lease.phase() == Lease.Phase.FORGOTTEN) {
            remove(shard, lease.id());
        }
    }

    private void switched(int shard, Outcome.Monitored monitored) {
        if (monitored.on()) {
            enqueueLookup(shard, monitored.id());
        } else {
            remove(shard, monitored.id());
        }
    }

    private void onFound(int shard, FindMonitoredInstances command, Outcome.MonitoredInstances monitoredInstances) {
        var ids = command.ids();
        Set<String> others = ids == null ? new HashSet<>() : new HashSet<>(ids);
        for (var monitoredTarget : monitoredInstances.targets()) {
            var probes = declare(shard, monitoredTarget.id(), monitoredTarget.declaration());
            if (!probes.isEmpty()) {
                others.remove(monitoredTarget.id());
                probes.forEach(probe -> watch(shard, probe));
            }
        }
        others.forEach(id -> remove(shard, id));
    }

    /** Returns the probes of an instance. Stops checks that its declaration no longer contains. */
    private List<Probe> declare(int shard, String id, Declaration declaration) {
        var composite = CompositeCheck.of(declaration.healthCheck());
        componentResults
                .declare(shard, id, composite)
                .forEach(component -> checkScheduler.remove(shard, Probe.key(id, component)));
        if (composite == null) {
            var probe = probe(id, declaration);
            return probe == null ? List.of() : List.of(probe);
        }
        checkScheduler.remove(shard, id);
        var probes = new ArrayList<Probe>();
        composite.components().forEach((name, component) -> {
            if (component.check().checksActively()) {
                probes.add(probe(id, declaration, component.check(), name));
            } else if (composite.hasSeveralReported()) {
                probes.add(probe(id, declaration, ReportSilence.steps(component.check()), name));
            } else {
                checkScheduler.remove(shard, Probe.key(id, name));
            }
        });
        return probes;
    }

    private boolean isWatched(int shard, String id) {
        return checkScheduler.isWatched(shard, id)
                || componentResults.idsOf(id).stream()
                        .anyMatch(component -> checkScheduler.isWatched(shard, Probe.key(id, component)));
    }

    private void remove(int shard, String id) {
        checkScheduler.remove(shard, id);
        componentResults.remove(shard, id).forEach(component -> checkScheduler.remove(shard, Probe.key(id, component)));
    }

    private void watch(int shard, Probe probe) {
        checkScheduler.watch(shard, probe, time.nanos());
        wake.run();
    }

    private void enqueueLookup(int shard, String id) {
        monitoringLookupQueue.add(shard, id);
        wake.run();
    }

    private static Probe probe(String id, Declaration declaration, HealthCheck check, @Nullable String component) {
        return new Probe(id, declaration.address(), declaration.port(), declaration.protocol(), check, component);
    }

    /** Returns the probe of an instance's only check; null if it has none that is active, or several checks. */
    static @Nullable Probe probe(String id, Declaration declaration) {
        var check = declaration.healthCheck();
        return check == null || !check.checksActively() ? null : probe(id, declaration, check, null);
    }
}
