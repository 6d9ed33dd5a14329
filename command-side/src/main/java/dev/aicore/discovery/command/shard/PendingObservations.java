package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.ObservationPacker;
import dev.aicore.discovery.api.shard.ObservationsRecorded;
import java.util.BitSet;
import java.util.function.Consumer;

/** Collects observations of one batch that are not applied yet, and records them as one event. */
final class PendingObservations {

    private final ShardState state;
    private final long decidedAt;
    private final int[] eventOf;
    private final BitSet waiting = new BitSet();
    private long run;
    private ObservationPacker packer;

    /**
     * Creates an empty collection.
     *
     * @param eventOf array that receives the event number of each command
     */
    PendingObservations(ShardState state, long decidedAt, int[] eventOf) {
        this.state = state;
        this.run = ++state.runs;
        this.decidedAt = decidedAt;
        this.eventOf = eventOf;
        this.packer = new ObservationPacker(decidedAt);
    }

    void add(int item, Observation observation) {
        var instance = observation.instance();
        var kind = observation.kind();
        packer.add(instance.slot, kind, observation.observedAt(), observation.first(), observation.second());
        instance.renewalPending = kind.renews() || renews(instance);
        instance.countPending = counts(instance, kind) || hasCounted(instance);
        instance.pendingIn = run;
        waiting.set(item);
    }

    boolean hasPending(Instance instance) {
        return instance.pendingIn == run;
    }

    boolean renews(Instance instance) {
        return hasPending(instance) && instance.renewalPending;
    }

    boolean hasCounted(Instance instance) {
        return hasPending(instance) && instance.countPending;
    }

    private static boolean counts(Instance instance, ObservationKind kind) {
        return kind.isResult() || kind.isCall() || instance.streaks.heartbeats() < 0;
    }

    /**
     * Records and applies the pending observations as the event with a number.
     *
     * @return false if no observations were pending
     */
    boolean flush(int event, Consumer<? super ObservationsRecorded> recorder) {
        if (packer.count() == 0) {
            return false;
        }
        var recorded = packer.toEvent();
        waiting.stream().forEach(item -> eventOf[item] = event);
        waiting.clear();
        packer = new ObservationPacker(decidedAt);
        run = ++state.runs;
        recorder.accept(recorded);
        return true;
    }

    /**
     * Observation of an instance, to be packed with the others of its batch.
     *
     * @param observedAt time of arrival, epoch milliseconds
     * @param first first argument of the kind, or 0
     * @param second second argument of the kind, or 0
     */
    record Observation(Instance instance, ObservationKind kind, long observedAt, int first, int second) {

        /** Creates an observation of a kind without arguments. */
        Observation(Instance instance, ObservationKind kind, long observedAt) {
            this(instance, kind, observedAt, 0, 0);
        }
    }
}
