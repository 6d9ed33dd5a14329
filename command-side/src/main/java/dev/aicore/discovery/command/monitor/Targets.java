package dev.aicore.discovery.command.monitor;

import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.shard.DeregisterInstance;
import dev.aicore.discovery.api.shard.FindChecked;
import dev.aicore.discovery.api.shard.Item;
import dev.aicore.discovery.api.shard.Lease;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.RegisterInstance;
import dev.aicore.discovery.api.shard.RenewLease;
import dev.aicore.discovery.api.shard.RenewLeases;
import dev.aicore.discovery.api.shard.RestoreService;
import dev.aicore.discovery.api.shard.SwitchMonitoring;
import dev.aicore.discovery.api.shard.UpdateInstance;
import dev.aicore.discovery.command.collector.OutcomeFollower;
import dev.aicore.discovery.command.probe.Probe;
import dev.aicore.discovery.config.time.TimeSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the schedule to what the shards decide: what is registered, changed, stopped and gone. Where an answer doesn't say whether an
 * instance is to be checked, its shard is asked.
 */
final class Targets implements OutcomeFollower {

    private final Schedule schedule;
    private final Questions questions;
    private final TimeSource time;
    private final Runnable wake;

    /** @param wake called when there may be something to do */
    Targets(Schedule schedule, Questions questions, TimeSource time, Runnable wake) {
        this.schedule = schedule;
        this.questions = questions;
        this.time = time;
        this.wake = wake;
    }

    @Override
    public void decided(int shard, Item item, Outcome outcome) {
        switch (outcome) {
            case Outcome.Renewed renewed -> revived(shard, renewed);
            case Outcome.Each each -> each.outcomes().forEach(one -> decided(shard, item, one));
            case Outcome.Restored restored -> restored.done().forEach(one -> decided(shard, item, one));
            case Outcome.Held held -> held(shard, held);
            case Outcome.Deregistered gone ->
                schedule.forget(shard, gone.lease().id());
            case Outcome.Leases leases -> leases.leases().forEach(lease -> gone(shard, lease));
            case Outcome.Monitored monitored -> switched(shard, monitored);
            case Outcome.Checked checked -> found(shard, (FindChecked) item, checked);
            case Outcome.Circuit _,
                    Outcome.Reset _,
                    Outcome.Dropped _,
                    Outcome.Checkpointed _,
                    Outcome.Configured _,
                    Outcome.Refused _ -> {}
        }
    }

    @Override
    public void lost(int shard, List<Item> items) {
        items.forEach(item -> lost(shard, item));
    }

    private void lost(int shard, Item item) {
        switch (item) {
            case RegisterInstance lost -> ask(shard, lost.id());
            case UpdateInstance lost -> ask(shard, lost.id());
            case DeregisterInstance lost -> ask(shard, lost.id());
            case SwitchMonitoring lost -> ask(shard, lost.id());
            case RenewLease lost -> ask(shard, lost.id());
            case RenewLeases lost -> lost.ids().forEach(id -> ask(shard, id));
            case RestoreService lost -> lost.steps().forEach(step -> ask(shard, step.id()));
            default -> {}
        }
    }

    private void held(int shard, Outcome.Held held) {
        var id = held.lease().id();
        var probe = probe(id, held.declaration());
        if (probe == null) {
            schedule.forget(shard, id);
        } else if (held.change() == Outcome.Change.CREATED || schedule.isWatched(shard, id)) {
            watch(shard, probe);
        } else {
            schedule.declare(probe);
            if (held.change() == Outcome.Change.UPDATED || held.change() == Outcome.Change.REVIVED) {
                ask(shard, id);
            }
        }
    }

    private void revived(int shard, Outcome.Renewed renewed) {
        if (renewed.revived()) {
            ask(shard, renewed.lease().id());
        }
    }

    private void gone(int shard, Lease lease) {
        if (lease.phase() == Lease.Phase.REMOVED || lease.phase() == Lease.Phase.FORGOTTEN) {
            schedule.forget(shard, lease.id());
        }
    }

    private void switched(int shard, Outcome.Monitored monitored) {
        if (monitored.on()) {
            ask(shard, monitored.id());
        } else {
            schedule.forget(shard, monitored.id());
        }
    }

    private void found(int shard, FindChecked asked, Outcome.Checked checked) {
        var ids = asked.ids();
        Set<String> others = ids == null ? new HashSet<>() : new HashSet<>(ids);
        for (var target : checked.targets()) {
            var probe = probe(target.id(), target.declaration());
            if (probe != null) {
                others.remove(target.id());
                watch(shard, probe);
            }
        }
        others.forEach(id -> schedule.forget(shard, id));
    }

    private void watch(int shard, Probe probe) {
        schedule.watch(shard, probe, time.nanos());
        wake.run();
    }

    private void ask(int shard, String id) {
        questions.add(shard, id);
        wake.run();
    }

    /** What is to be looked at; null if nothing is. */
    static @Nullable Probe probe(String id, Declaration declaration) {
        var check = declaration.healthCheck();
        return check == null || !check.checksActively()
                ? null
                : new Probe(id, declaration.address(), declaration.port(), declaration.protocol(), check);
    }
}
