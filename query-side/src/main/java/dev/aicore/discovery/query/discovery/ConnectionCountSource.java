package dev.aicore.discovery.query.discovery;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Source of the connection counts that instances last reported. Reads fail with {@code store_unavailable}. */
interface ConnectionCountSource {

    /**
     * Report of one instance.
     *
     * @param at time at which the report was received
     * @param position of the event
     */
    record Report(String service, String id, int connections, Instant at, long position) {}

    /**
     * Result of a read.
     *
     * @param upTo position up to which the reports of the requested services are complete
     */
    record Reports(List<Report> reports, long upTo) {}

    /** Returns the position up to which reports are stored. */
    Mono<Long> readMark();

    /**
     * Returns the last reports of present instances after a position per service, in order of position. One read may
     * return only a part of them.
     *
     * @param mark position that {@link #readMark} returned before
     */
    Mono<Reports> readAfter(Map<String, Long> positions, long mark);
}
