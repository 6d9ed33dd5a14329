package dev.aicore.discovery.query.history;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.aicore.discovery.api.history.UptimeView;
import dev.aicore.discovery.api.history.UptimeView.InstanceUptime;
import dev.aicore.discovery.api.instance.InstanceStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Computes availability from spans. */
final class UptimeCalculator {

    private UptimeCalculator() {}

    /**
     * Returns the availability of a service.
     *
     * @param spans of each instance without gaps, in order of time
     */
    static UptimeView of(String service, TimeWindow timeWindow, List<StatusSpan> spans) {
        var byInstance = spans.stream().collect(groupingBy(StatusSpan::id, TreeMap::new, toList()));
        var instances = byInstance.entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue()))
                .toList();
        return new UptimeView(
                service,
                timeWindow.from(),
                timeWindow.to(),
                share(covered(spans), timeWindow.seconds()),
                instances.size(),
                instances.stream().mapToInt(InstanceUptime::outages).sum(),
                instances.stream().mapToInt(InstanceUptime::flaps).sum(),
                instances);
    }

    private static InstanceUptime of(String id, List<StatusSpan> spans) {
        double available = 0;
        double wanted = 0;
        var outages = new Outages();
        for (var statusSpan : spans) {
            if (!statusSpan.isPlanned()) {
                wanted += statusSpan.seconds();
                available += statusSpan.isAvailable() ? statusSpan.seconds() : 0;
            }
            outages.add(statusSpan);
        }
        var last = spans.getLast().status();
        return new InstanceUptime(
                id,
                wanted == 0 ? null : share(available, wanted),
                seconds(spans),
                outages.begun,
                outages.flaps,
                outages.mean(),
                last == null ? null : last.jsonName());
    }

    private static Map<String, Double> seconds(List<StatusSpan> spans) {
        var seconds = new LinkedHashMap<String, Double>();
        for (var instanceStatus : InstanceStatus.values()) {
            double all = spans.stream()
                    .filter(statusSpan -> statusSpan.status() == instanceStatus)
                    .mapToDouble(StatusSpan::seconds)
                    .sum();
            if (all > 0) {
                seconds.put(instanceStatus.jsonName(), all);
            }
        }
        return seconds;
    }

    /** Returns for how many seconds at least one instance was available. */
    private static double covered(List<StatusSpan> spans) {
        var available = spans.stream()
                .filter(StatusSpan::isAvailable)
                .sorted(Comparator.comparing(StatusSpan::from))
                .toList();
        double covered = 0;
        Instant end = Instant.MIN;
        for (var statusSpan : available) {
            var from = statusSpan.from().isBefore(end) ? end : statusSpan.from();
            if (statusSpan.to().isAfter(from)) {
                covered += TimeWindow.seconds(from, statusSpan.to());
                end = statusSpan.to();
            }
        }
        return covered;
    }

    /** Returns the share, rounded to a millionth. */
    private static double share(double part, double whole) {
        return whole == 0 ? 0 : Math.rint(part / whole * 1e6) / 1e6;
    }

    /** Outages of one instance: times at which it wasn't available although it should have been. */
    private static final class Outages {

        private int begun;
        private int flaps;
        private int ended;
        private double seconds;
        private double current = -1;
        private boolean wasAvailable;

        void add(StatusSpan statusSpan) {
            // A deregistration is intended and ends the outage.
            if (statusSpan.isAvailable() || statusSpan.deregistered()) {
                end();
            } else if (!statusSpan.isPlanned()) {
                flaps += wasAvailable ? 1 : 0;
                if (current < 0) {
                    begun++;
                    current = 0;
                }
                current += statusSpan.seconds();
            } else if (statusSpan.status() == null && current >= 0) {
                // Removed during an outage: the outage continues until the instance returns. It isn't counted in the
                // mean if the instance never does.
                current += statusSpan.seconds();
            } else {
                current = -1;
            }
            wasAvailable = statusSpan.isAvailable();
        }

        private void end() {
            if (current >= 0) {
                ended++;
                seconds += current;
                current = -1;
            }
        }

        @Nullable
        Double mean() {
            return ended == 0 ? null : Math.rint(seconds / ended * 1e3) / 1e3;
        }
    }
}
