package dev.aicore.discovery.query.balancing;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Where it can be read how many connections instances last said they have. Reads fail with {@code store_unavailable}. */
interface ConnectionCountSource {

    /**
     * What an instance said.
     *
     * @param at when it was heard
     * @param position of the event
     */
    record Report(String service, String id, int connections, Instant at, long position) {}

    /**
     * What a read found.
     *
     * @param upTo position up to which it has all there is of the services that were asked for
     */
    record Reports(List<Report> reports, long upTo) {}

    /** Up to which position reports are written down. */
    Mono<Long> mark();

    /**
     * The last reports of present instances beyond a position for each service, in the order of their positions. There may be more
     * of them than one read takes.
     *
     * @param mark as it was told before
     */
    Mono<Reports> beyond(Map<String, Long> positions, long mark);
}
