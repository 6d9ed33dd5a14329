package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.query.instance.QueryNameRules;
import dev.aicore.discovery.web.QueryParameters;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Start of a watch.
 *
 * @param names of the services or configurations, without duplicates
 * @param snapshotOf names among them of which a resumed stream sends a snapshot
 * @param filter on the instances of services; null for all
 */
record WatchStart(
        List<String> names,
        ResumePosition from,
        List<String> snapshotOf,
        @Nullable WatchFilter filter) {

    /** Maximum number of services of a stream. */
    static final int MAX_SERVICES = 200;

    private static final String NAME = "service_name";
    private static final String SNAPSHOT_OF = "snapshot_of";

    /** Creates the start of the watch of one name. */
    static WatchStart of(String name, ResumePosition from) {
        return new WatchStart(List.of(name), from, List.of(), null);
    }

    /** Parses a request; violations are collected in the parameters. */
    static WatchStart of(QueryParameters queryParameters, ServerHttpRequest request) {
        var names = new LinkedHashSet<>(queryParameters.list(NAME, MAX_SERVICES, QueryNameRules.SERVICE));
        if (names.isEmpty()) {
            queryParameters.text(NAME, QueryNameRules.SERVICE);
        }
        var from = ResumePosition.of(queryParameters, request);
        var snapshotOf = Set.copyOf(queryParameters.list(SNAPSHOT_OF, MAX_SERVICES, QueryNameRules.SERVICE));
        if (!names.containsAll(snapshotOf)) {
            queryParameters.reject(SNAPSHOT_OF, "is not among the watched services", "a value of " + NAME);
        }
        return new WatchStart(
                List.copyOf(names),
                from,
                names.stream().filter(snapshotOf::contains).toList(),
                WatchFilter.of(queryParameters));
    }
}
