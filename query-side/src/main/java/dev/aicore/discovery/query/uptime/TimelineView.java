package dev.aicore.discovery.query.uptime;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.aicore.discovery.api.instance.Status;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/** What the instances of a service were in a window of time: what the picture shows, for programs. */
record TimelineView(String serviceName, Instant from, Instant to, List<Row> instances) {

    /** An instance that was there, with what it was, in order of time. */
    record Row(String id, List<Part> spans) {}

    /** For how long it was something. */
    record Part(Status status, Instant from, Instant to) {}

    static TimelineView of(String service, Window window, List<Span> spans) {
        var rows = spans.stream()
                .filter(span -> span.status() != null)
                .collect(groupingBy(Span::id, TreeMap::new, toList()))
                .entrySet()
                .stream()
                .map(row -> new Row(
                        row.getKey(),
                        row.getValue().stream()
                                .map(span -> new Part(Objects.requireNonNull(span.status()), span.from(), span.to()))
                                .toList()))
                .toList();
        return new TimelineView(service, window.from(), window.to(), rows);
    }
}
