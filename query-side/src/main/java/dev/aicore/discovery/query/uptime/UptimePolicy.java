package dev.aicore.discovery.query.uptime;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.aicore.discovery.api.history.UptimeView;
import dev.aicore.discovery.api.history.UptimeView.InstanceUptime;
import dev.aicore.discovery.api.instance.Status;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What spans of time come to. */
final class UptimePolicy {

    private UptimePolicy() {}

    /**
     * How available a service was.
     *
     * @param spans of each instance without gaps, in order of time
     */
    static UptimeView of(String service, Window window, List<Span> spans) {
        var byInstance = spans.stream().collect(groupingBy(Span::id, TreeMap::new, toList()));
        return new UptimeView(
                service,
                window.from(),
                window.to(),
                share(covered(spans), window.seconds()),
                byInstance.entrySet().stream()
                        .map(entry -> of(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private static InstanceUptime of(String id, List<Span> spans) {
        double available = 0;
        double wanted = 0;
        var outages = new Outages();
        for (var span : spans) {
            if (!span.isPlanned()) {
                wanted += span.seconds();
                available += span.isAvailable() ? span.seconds() : 0;
            }
            outages.add(span);
        }
        var last = spans.getLast().status();
        return new InstanceUptime(
                id,
                wanted == 0 ? null : share(available, wanted),
                seconds(spans),
                outages.begun,
                outages.flaps,
                outages.mean(),
                last == null ? null : last.word());
    }

    private static Map<String, Double> seconds(List<Span> spans) {
        var seconds = new LinkedHashMap<String, Double>();
        for (var status : Status.values()) {
            double all = spans.stream()
                    .filter(span -> span.status() == status)
                    .mapToDouble(Span::seconds)
                    .sum();
            if (all > 0) {
                seconds.put(status.word(), all);
            }
        }
        return seconds;
    }

    /** How long there was an available instance. */
    private static double covered(List<Span> spans) {
        var available = spans.stream()
                .filter(Span::isAvailable)
                .sorted(Comparator.comparing(Span::from))
                .toList();
        double covered = 0;
        Instant end = Instant.MIN;
        for (var span : available) {
            var from = span.from().isBefore(end) ? end : span.from();
            if (span.to().isAfter(from)) {
                covered += Window.seconds(from, span.to());
                end = span.to();
            }
        }
        return covered;
    }

    /** To a millionth. */
    private static double share(double part, double whole) {
        return whole == 0 ? 0 : Math.rint(part / whole * 1e6) / 1e6;
    }

    /** When an instance was not available although it should have been. */
    private static final class Outages {

        private int begun;
        private int flaps;
        private int ended;
        private double seconds;
        private double current = -1;
        private boolean wasAvailable;

        void add(Span span) {
            // Whoever deregistered it wanted no more of it: it is out of nothing any more.
            if (span.isAvailable() || span.deregistered()) {
                end();
            } else if (!span.isPlanned()) {
                flaps += wasAvailable ? 1 : 0;
                if (current < 0) {
                    begun++;
                    current = 0;
                }
                current += span.seconds();
            } else if (span.status() == null && current >= 0) {
                // It was removed in an outage: that goes on until it is back, or is forgotten if it never is.
                current += span.seconds();
            } else {
                current = -1;
            }
            wasAvailable = span.isAvailable();
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
