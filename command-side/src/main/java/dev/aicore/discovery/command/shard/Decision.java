package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.balancing.PicksReset;
import dev.aicore.discovery.api.readmodel.DeadLetterDropped;
import dev.aicore.discovery.api.shard.DeregisterInstance;
import dev.aicore.discovery.api.shard.DropDeadLetter;
import dev.aicore.discovery.api.shard.ExpireLeases;
import dev.aicore.discovery.api.shard.FindChecked;
import dev.aicore.discovery.api.shard.GrantGrace;
import dev.aicore.discovery.api.shard.Item;
import dev.aicore.discovery.api.shard.LeasesGraced;
import dev.aicore.discovery.api.shard.Listening;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.RecordCheck;
import dev.aicore.discovery.api.shard.RegisterInstance;
import dev.aicore.discovery.api.shard.RenewLease;
import dev.aicore.discovery.api.shard.RenewLeases;
import dev.aicore.discovery.api.shard.ReportOutcomes;
import dev.aicore.discovery.api.shard.ResetPicks;
import dev.aicore.discovery.api.shard.RestoreService;
import dev.aicore.discovery.api.shard.Settled;
import dev.aicore.discovery.api.shard.SwitchMonitoring;
import dev.aicore.discovery.api.shard.TakeCheckpoint;
import dev.aicore.discovery.api.shard.UpdateInstance;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Decides one batch against the shard's state. Items are decided in their order; observations of instances that no other
 * item of the batch turns are packed together, which changes no instance's own order.
 */
final class Decision {

    final String shard;
    final ShardState state;
    final Rules rules;
    final Merge merge;
    final long now;
    final Listening listening;
    private final Checkpointing checkpointing;
    private final Consumer<Object> apply;
    private final int[] eventOf;
    private final Pending pending;
    private int events;
    private int item;

    Decision(
            String shard,
            ShardState state,
            Rules rules,
            Merge merge,
            Checkpointing checkpointing,
            Instant decidedAt,
            Listening listening,
            int items,
            Consumer<Object> apply) {
        this.shard = shard;
        this.state = state;
        this.rules = rules;
        this.merge = merge;
        this.checkpointing = checkpointing;
        this.now = decidedAt.toEpochMilli();
        this.listening = listening;
        this.apply = apply;
        this.eventOf = new int[items];
        this.pending = new Pending(state, now, eventOf);
        Arrays.fill(eventOf, -1);
    }

    List<Settled> decide(List<Item> items) {
        rules.quotas().bytes().registry().put(shard, state.usage);
        var outcomes = new Outcome[items.size()];
        for (item = 0; item < outcomes.length; item++) {
            outcomes[item] = settle(items.get(item));
        }
        flush();
        takeCheckpoint(items);
        var settled = new Settled[outcomes.length];
        for (int i = 0; i < settled.length; i++) {
            settled[i] = new Settled(outcomes[i], eventOf[i]);
        }
        return Arrays.asList(settled);
    }

    /** Decides the item, or what it consists of. */
    Outcome settle(Item asked) {
        var refusal = new Reached(state, now).refusal(asked);
        return refusal == null ? decide(asked) : refusal;
    }

    private Outcome decide(Item asked) {
        return switch (asked) {
            case RegisterInstance register -> new Registration(this).settle(register);
            case UpdateInstance update -> new Update(this).settle(update);
            case DeregisterInstance deregister -> new Registration(this).settle(deregister);
            case RenewLease renew -> new Renewal(this).settle(renew);
            case RenewLeases renew -> new Renewal(this).settle(renew);
            case RecordCheck check -> new Renewal(this).settle(check);
            case ExpireLeases expire -> new Expiry(this).settle(expire);
            case ReportOutcomes report -> new Circuits(this).settle(report);
            case SwitchMonitoring monitoring -> new Monitoring(this).settle(monitoring);
            case FindChecked find -> new Monitoring(this).find(find);
            case RestoreService restore -> new Restoration(this).settle(restore);
            case TakeCheckpoint _ -> new Outcome.Checkpointed(state.generation + 1);
            case ResetPicks reset -> {
                happened(new PicksReset(reset.service(), instant(), reset.envelope()));
                yield new Outcome.Reset(reset.service(), instant());
            }
            case DropDeadLetter drop -> {
                happened(new DeadLetterDropped(
                        drop.position(),
                        drop.type(),
                        drop.sequence(),
                        drop.models(),
                        drop.error(),
                        instant(),
                        drop.envelope()));
                yield new Outcome.Dropped(drop.position(), drop.models(), instant());
            }
            case GrantGrace grace -> {
                happened(new LeasesGraced(shard, Instant.ofEpochMilli(now), grace.cause(), grace.detail()));
                yield new Outcome.Leases(new Expiry(this).all());
            }
        };
    }

    Instant instant() {
        return Instant.ofEpochMilli(now);
    }

    /** Records what the item being settled has come to. */
    void happened(Object event) {
        eventOf[item] = events;
        record(event);
    }

    /** The same, of an instance: what was heard of it before comes first. */
    void happened(Instance instance, Object event) {
        settleWhatIsPendingFor(instance);
        happened(event);
        new Preservation(this).leaveIfOver(instance.service);
    }

    /** Records what belongs to what the item being settled has come to, and isn't that itself. */
    void alsoHappened(Object event) {
        record(event);
    }

    void observed(Instance instance, ObservationKind kind, long observedAt, int first, int second) {
        pending.add(item, instance, kind, observedAt, first, second);
    }

    /** Whether it was heard earlier in this batch: that came first, so its lease can't have run out. */
    boolean isAboutToBeRenewed(Instance instance) {
        return pending.renews(instance);
    }

    /** How its health and its circuit stand is known from here on. Renewals don't touch them, and may go on waiting. */
    void settleWhatCountsOf(Instance instance) {
        if (pending.hasWhatCountsOf(instance)) {
            flush();
        }
    }

    private void settleWhatIsPendingFor(Instance instance) {
        if (pending.concerns(instance)) {
            flush();
        }
    }

    private void flush() {
        if (pending.flush(events, apply)) {
            events++;
        }
    }

    private void takeCheckpoint(List<Item> items) {
        boolean asked = items.stream().anyMatch(TakeCheckpoint.class::isInstance);
        (asked ? checkpointing.chunks(state) : checkpointing.ifDue(state)).forEach(this::record);
        for (int i = 0; asked && i < eventOf.length; i++) {
            if (items.get(i) instanceof TakeCheckpoint) {
                eventOf[i] = events - 1;
            }
        }
    }

    private void record(Object event) {
        events++;
        apply.accept(event);
    }
}
