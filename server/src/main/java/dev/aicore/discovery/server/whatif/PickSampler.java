package dev.aicore.discovery.server.whatif;

import dev.aicore.discovery.balancing.BalancedInstance;
import dev.aicore.discovery.balancing.BalancingStrategy;
import dev.aicore.discovery.balancing.LeastConnections.LoadOf;
import dev.aicore.discovery.balancing.PriorityTiers;
import dev.aicore.discovery.balancing.RotationState;
import dev.aicore.discovery.balancing.TierOrdering;
import dev.aicore.discovery.balancing.TierOrdering.RotationSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/**
 * Estimates which share of the callers each instance would have been the first choice of. Orders samples with the
 * strategies of discovery; the random numbers are the same in each replay.
 */
final class PickSampler {

    private static final int SAMPLES = 100;
    private static final int SAMPLES_OF_MANY = 20;
    private static final int MANY = 200;

    private final BalancingStrategy strategy;
    private final Map<String, Integer> picks = new HashMap<>();
    private final TierOrdering<String> ordering;

    /** @param connections returns the number of connections that an instance last reported */
    PickSampler(BalancingStrategy strategy, ToIntFunction<String> connections) {
        this.strategy = strategy;
        var random = new RepeatableNumbers();
        LoadOf loads = (id, weight) -> (double) (connections.applyAsInt(id) + picks.getOrDefault(id, 0)) / weight;
        this.ordering = new TierOrdering<>(new OneRotation(new RotationState(random)), _ -> loads, random);
    }

    /** Returns the share of first choices by id, 1 in total; empty if no instance is eligible. */
    Map<String, Double> shares(List<? extends BalancedInstance> eligible) {
        picks.clear();
        if (eligible.isEmpty()) {
            return Map.of();
        }
        var tiers = PriorityTiers.of(eligible, null);
        int samples = eligible.size() > MANY ? SAMPLES_OF_MANY : SAMPLES;
        for (int i = 0; i < samples; i++) {
            var first =
                    ordering.order(tiers, "service", strategy, "caller-" + i).getFirst();
            picks.merge(first.id(), 1, Integer::sum);
        }
        var shares = new HashMap<String, Double>();
        picks.forEach((id, count) -> shares.put(id, (double) count / samples));
        return shares;
    }

    /** Numbers of SplitMix64 from a fixed start. */
    private static final class RepeatableNumbers implements RandomGenerator {

        private long state = 1;

        @Override
        public long nextLong() {
            state += 0x9E3779B97F4A7C15L;
            long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
            return mixed ^ (mixed >>> 31);
        }
    }

    private record OneRotation(RotationState state) implements RotationSource<String> {

        @Override
        public RotationState of(String key) {
            return state;
        }

        @Override
        public void grown(String key, RotationState grown) {}
    }
}
