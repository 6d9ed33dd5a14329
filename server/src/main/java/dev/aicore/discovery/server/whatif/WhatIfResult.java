package dev.aicore.discovery.server.whatif;

import dev.aicore.discovery.config.settings.DecisionSettings;
import dev.aicore.discovery.server.whatif.DiscoveryTrack.TrackResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Result of a replay.
 *
 * @param from start of the comparison
 * @param to end of the comparison
 * @param own settings under which the bundle was recorded
 * @param changed settings of the replay
 * @param recordedDecisions number of recorded decisions
 * @param decidedDecisions number of decisions of the replay
 * @param commonDecisions number of decisions that both have, at the same time
 * @param services services in the order of their names
 */
public record WhatIfResult(
        Instant from,
        Instant to,
        DecisionSettings own,
        DecisionSettings changed,
        int recordedDecisions,
        int decidedDecisions,
        int commonDecisions,
        List<ServiceReplay> services) {

    /** Returns true if the replay made the same decisions at the same times, and discovered the same instances. */
    public boolean isIdentical() {
        return recordedDecisions == commonDecisions
                && decidedDecisions == commonDecisions
                && services.stream().allMatch(service -> service.recorded.equals(service.decided));
    }

    /** Discovery of one service on both sides. */
    public record ServiceReplay(String service, TrackResult recorded, TrackResult decided) {

        /** Returns the ids of all instances, in their order. */
        public List<String> ids() {
            var ids = new TreeSet<>(recorded.spans().keySet());
            ids.addAll(decided.spans().keySet());
            return List.copyOf(ids);
        }

        /** Returns the times in which an instance was discovered. */
        public List<TimeSpan> recordedSpans(String id) {
            return recorded.spans().getOrDefault(id, List.of());
        }

        /** Returns the times in which an instance would have been discovered. */
        public List<TimeSpan> decidedSpans(String id) {
            return decided.spans().getOrDefault(id, List.of());
        }

        /** Returns the share of the first choices that an instance had. */
        public double recordedPicks(String id) {
            return recorded.picks().getOrDefault(id, 0.0);
        }

        /** Returns the share of the first choices that an instance would have had. */
        public double decidedPicks(String id) {
            return decided.picks().getOrDefault(id, 0.0);
        }

        /** Returns the times in which the service was in panic. */
        public List<TimeSpan> recordedPanics() {
            return recorded.panics();
        }

        /** Returns the times in which the service would have been in panic. */
        public List<TimeSpan> decidedPanics() {
            return decided.panics();
        }

        /** Returns the milliseconds in which an instance was discovered on one side only. */
        public long millisApart(String id) {
            var one = recordedSpans(id);
            var other = decidedSpans(id);
            return TimeSpan.total(one) + TimeSpan.total(other) - 2 * TimeSpan.common(one, other);
        }

        /** Returns each time at which the instances change that are discovered on either side, in order. */
        public List<Long> changes() {
            var times = new TreeSet<Long>();
            ids().forEach(id -> {
                recordedSpans(id).forEach(span -> addBoth(span, times));
                decidedSpans(id).forEach(span -> addBoth(span, times));
            });
            return new ArrayList<>(times);
        }

        private static void addBoth(TimeSpan span, TreeSet<Long> times) {
            times.add(span.from());
            times.add(span.to());
        }
    }
}
