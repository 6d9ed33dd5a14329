package dev.aicore.discovery.command.health;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.health.FindMonitoredInstances;
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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the scheduler consistent with the decisions of the shards: registrations, changes, stopped checks and removals.
 * If an outcome does not contain whether an instance is to be checked, queries its shard.
 */
final class TargetTracker implements OutcomeListener {

    private final CheckScheduler checkScheduler;
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
            MonitoringLookupQueue monitoringLookupQueue,
            TimeSource time,
            Runnable wake) {
        this.checkScheduler = checkScheduler;
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
            case Outcome.Stored stored -> onStored(shard, stored);
            case Outcome.Deregistered deregistered ->
                checkScheduler.remove(shard, deregistered.lease().id());
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

    private void onStored(int shard, Outcome.Stored stored) {
        var id = stored.lease().id();
        var probe = probe(id, stored.declaration());
        if (probe == null) {
            checkScheduler.remove(shard, id);
        } else if (stored.change() == Outcome.Change.CREATED || checkScheduler.isWatched(shard, id)) {
            watch(shard, probe);
        } else {
            checkScheduler.declare(probe);
            if (stored.change() == Outcome.Change.UPDATED || stored.change() == Outcome.Change.REVIVED) {
                enqueueLookup(shard, id);
            }
        }
    }

    private void revived(int shard, Outcome.Renewed renewed) {
        if (renewed.revived()) {
            enqueueLookup(shard, renewed.lease().id());
        }
    }

    private void removed(int shard, Lease lease) {
        if (lease.phase() == Lease.Phase.REMOVED || lease.phase() == Lease.Phase.FORGOTTEN) {
            checkScheduler.remove(shard, lease.id());
        }
    }

    private void switched(int shard, Outcome.Monitored monitored) {
        if (monitored.on()) {
            enqueueLookup(shard, monitored.id());
        } else {
            checkScheduler.remove(shard, monitored.id());
        }
    }

    private void onFound(int shard, FindMonitoredInstances command, Outcome.MonitoredInstances monitoredInstances) {
        var ids = command.ids();
        Set<String> others = ids == null ? new HashSet<>() : new HashSet<>(ids);
        for (var monitoredTarget : monitoredInstances.targets()) {
            var probe = probe(monitoredTarget.id(), monitoredTarget.declaration());
            if (probe != null) {
                others.remove(monitoredTarget.id());
                watch(shard, probe);
            }
        }
        others.forEach(id -> checkScheduler.remove(shard, id));
    }

    private void watch(int shard, Probe probe) {
        checkScheduler.watch(shard, probe, time.nanos());
        wake.run();
    }

    private void enqueueLookup(int shard, String id) {
        monitoringLookupQueue.add(shard, id);
        wake.run();
    }

    /** Returns the probe of an instance; null if it has no active check. */
    static @Nullable Probe probe(String id, Declaration declaration) {
        var check = declaration.healthCheck();
        return check == null || !check.checksActively()
                ? null
                : new Probe(id, declaration.address(), declaration.port(), declaration.protocol(), check);
    }
}
