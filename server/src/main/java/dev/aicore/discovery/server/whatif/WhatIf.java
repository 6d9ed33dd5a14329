package dev.aicore.discovery.server.whatif;

import dev.aicore.discovery.api.Fact;
import dev.aicore.discovery.api.RegistryEvent;
import dev.aicore.discovery.api.health.CircuitChanged;
import dev.aicore.discovery.api.health.HealthChanged;
import dev.aicore.discovery.api.lease.SelfPreservationEntered;
import dev.aicore.discovery.api.lease.SelfPreservationExited;
import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.balancing.BalancingStrategy;
import dev.aicore.discovery.balancing.PanicPolicy;
import dev.aicore.discovery.command.shard.ReplayedShard;
import dev.aicore.discovery.command.shard.ReplayedShard.ReplayListener;
import dev.aicore.discovery.command.shard.ReplayedShard.ReplaySide;
import dev.aicore.discovery.config.settings.DecisionSettings;
import dev.aicore.discovery.config.settings.DiscoverySettings;
import dev.aicore.discovery.config.settings.LoadBalancerSettings;
import dev.aicore.discovery.projection.bundle.Bundle;
import dev.aicore.discovery.projection.bundle.BundleEvents;
import dev.aicore.discovery.projection.bundle.BundleEvents.EventVisitor;
import dev.aicore.discovery.server.whatif.WhatIfResult.ServiceReplay;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Replay of a bundle under other settings. Depends on nothing but the bundle and the settings. */
public final class WhatIf {

    /** Maximum number of changes and decisions that a replay keeps in memory. */
    private static final int MAX_CHANGES = 2_000_000;

    private final Bundle bundle;
    private final DecisionSettings own;
    private final DecisionSettings changed;
    private final Instant from;
    private final Map<Integer, ReplayedShard> shards = new TreeMap<>();
    private final Map<String, EnumMap<ReplaySide, DiscoveryTrack>> tracks = new TreeMap<>();
    private final Map<ReplaySide, Map<String, Integer>> decisions = new EnumMap<>(ReplaySide.class);
    private Instant end;
    private int changes;

    private WhatIf(Bundle bundle, DecisionSettings own, DecisionSettings changed, Instant from) {
        this.bundle = bundle;
        this.own = own;
        this.changed = changed;
        this.from = from;
        this.end = bundle.header().to().at();
        decisions.put(ReplaySide.RECORDED, new HashMap<>());
        decisions.put(ReplaySide.DECIDED, new HashMap<>());
    }

    /** Thrown if a replay has more changes than it can keep in memory. */
    public static final class TooManyChangesException extends RuntimeException {

        TooManyChangesException() {
            super("The replay has more than " + MAX_CHANGES + " changes. Export a shorter time, or begin later.");
        }
    }

    /**
     * Replays a bundle.
     *
     * @param assignments changes of the recorded settings, such as {@code registry.discovery.panic_threshold=0.5}
     * @param from start of the comparison; null for the start of the bundle. The events before it only set the state
     * @throws dev.aicore.discovery.config.settings.InvalidSettingException if an assignment is invalid
     * @throws dev.aicore.discovery.projection.bundle.Bundle.CorruptBundleException if the bundle has no observations,
     *     or can't be read
     */
    public static WhatIfResult run(Bundle bundle, List<String> assignments, @Nullable Instant from) throws IOException {
        var events = BundleEvents.of(bundle);
        var recorded = bundle.header().settings();
        var own = DecisionSettings.of(recorded == null ? Map.of() : recorded);
        var start = from == null ? bundle.header().from().at() : from;
        var whatIf = new WhatIf(bundle, own, own.with(assignments), start);
        events.forEach(whatIf.new ShardVisitor());
        return whatIf.result();
    }

    private final class ShardVisitor implements EventVisitor {

        @Override
        public void instance(int shard, JsonNode row) {
            shard(shard).add(row);
            var id = row.path("id").asString();
            var service = row.path("service").asString();
            for (var side : ReplaySide.values()) {
                update(shard, side, bundle.header().from().at(), service, id);
            }
        }

        @Override
        public void event(int shard, RegistryEvent event) {
            shard(shard).replay(event);
        }
    }

    private ReplayedShard shard(int number) {
        return shards.computeIfAbsent(
                number,
                _ -> new ReplayedShard(
                        ShardPartitioner.name(number),
                        own,
                        changed,
                        bundle.header().from().at(),
                        from,
                        new ComparingListener(number)));
    }

    private void update(int shard, ReplaySide side, Instant at, String service, String id) {
        track(service, side).update(at.toEpochMilli(), id, shard(shard).find(side, id));
    }

    private DiscoveryTrack track(String service, ReplaySide side) {
        return tracks.computeIfAbsent(service, _ -> new EnumMap<>(ReplaySide.class))
                .computeIfAbsent(side, this::newTrack);
    }

    private DiscoveryTrack newTrack(ReplaySide side) {
        var settings = side == ReplaySide.RECORDED ? own : changed;
        var strategy = BalancingStrategy.valueOf(
                settings.get(LoadBalancerSettings.class).defaultStrategy().toUpperCase(Locale.ROOT));
        return new DiscoveryTrack(
                new PanicPolicy(settings.get(DiscoverySettings.class).panicThreshold()), strategy, from.toEpochMilli());
    }

    private void count() {
        changes++;
        if (changes > MAX_CHANGES) {
            throw new TooManyChangesException();
        }
    }

    private final class ComparingListener implements ReplayListener {

        private final int shard;

        ComparingListener(int shard) {
            this.shard = shard;
        }

        @Override
        public void changed(ReplaySide side, Instant at, String service, String id) {
            count();
            end = at.isAfter(end) ? at : end;
            update(shard, side, at, service, id);
        }

        @Override
        public void decided(ReplaySide side, Instant at, RegistryEvent decision) {
            count();
            var known = decisions.getOrDefault(side, Map.of());
            known.merge(at.toEpochMilli() + " " + describe(decision), 1, Integer::sum);
        }

        @Override
        public void connections(Instant at, String service, String id, int number) {
            for (var side : ReplaySide.values()) {
                track(service, side).report(at.toEpochMilli(), id, number);
            }
        }
    }

    private static String describe(RegistryEvent decision) {
        var subject = switch (decision) {
            case Fact fact -> fact.id();
            case SelfPreservationEntered entered -> entered.service();
            case SelfPreservationExited exited -> exited.service();
            default -> "";
        };
        var to = switch (decision) {
            case HealthChanged health -> health.to().name();
            case CircuitChanged circuit -> circuit.to().name();
            default -> "";
        };
        return decision.getClass().getSimpleName() + " " + subject + " " + to;
    }

    private WhatIfResult result() {
        shards.values().forEach(shard -> shard.end(end));
        var services = new ArrayList<ServiceReplay>();
        long to = end.toEpochMilli();
        tracks.keySet()
                .forEach(service -> services.add(new ServiceReplay(
                        service,
                        track(service, ReplaySide.RECORDED).end(to),
                        track(service, ReplaySide.DECIDED).end(to))));
        var recorded = decisions.getOrDefault(ReplaySide.RECORDED, Map.of());
        var decided = decisions.getOrDefault(ReplaySide.DECIDED, Map.of());
        int common = 0;
        for (var entry : recorded.entrySet()) {
            common += Math.min(entry.getValue(), decided.getOrDefault(entry.getKey(), 0));
        }
        return new WhatIfResult(
                from, end, own, changed, total(recorded), total(decided), common, List.copyOf(services));
    }

    private static int total(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
