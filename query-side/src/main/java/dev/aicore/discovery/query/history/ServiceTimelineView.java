package dev.aicore.discovery.query.history;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.aicore.discovery.api.instance.InstanceStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/** Timeline of a service in a time window, as data. */
record ServiceTimelineView(String serviceName, Instant from, Instant to, List<Row> instances) {

    /** Instance that was present, with its spans in order of time. */
    record Row(String id, List<Part> spans) {}

    /** Span of time in which the instance had one status. */
    record Part(InstanceStatus status, Instant from, Instant to) {}

    static ServiceTimelineView of(String service, TimeWindow timeWindow, List<StatusSpan> spans) {
        var rows = spans.stream()
                .filter(statusSpan -> statusSpan.status() != null)
                .collect(groupingBy(StatusSpan::id, TreeMap::new, toList()))
                .entrySet()
                .stream()
                .map(row -> new Row(
                        row.getKey(),
                        row.getValue().stream()
                                .map(span -> new Part(Objects.requireNonNull(span.status()), span.from(), span.to()))
                                .toList()))
                .toList();
        return new ServiceTimelineView(service, timeWindow.from(), timeWindow.to(), rows);
    }
}
