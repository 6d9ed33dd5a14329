package dev.aicore.discovery.web;

import dev.aicore.discovery.config.telemetry.LogEvent;
import dev.aicore.discovery.config.time.TimeSource;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs the connections that were closed because the maximum number of connections was open. */
public final class ConnectionCounters {

    static final String REFUSED = "service_discovery.connections.refused";
    static final String EVICTED = "service_discovery.connections.evicted";

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionCounters.class);

    private final LongAdder refused = new LongAdder();
    private final LongAdder evicted = new LongAdder();
    private final ThrottledLogger lineOfRefused;
    private final ThrottledLogger lineOfNotAccepted;
    private final ThrottledLogger lineOfEvicted;

    ConnectionCounters(MeterRegistry registry, TimeSource time) {
        this.lineOfRefused = new ThrottledLogger(time);
        this.lineOfNotAccepted = new ThrottledLogger(time);
        this.lineOfEvicted = new ThrottledLogger(time);
        FunctionCounter.builder(REFUSED, refused, LongAdder::sum)
                .description("Connections that were refused because busy connections had reached the limit.")
                .register(registry);
        FunctionCounter.builder(EVICTED, evicted, LongAdder::sum)
                .description("Idle connections that were closed for new ones because the limit was reached.")
                .register(registry);
    }

    /** Returns the number of refused connections so far, whose requests were never read. */
    public long refusals() {
        return refused.sum();
    }

    void refused() {
        refused.increment();
        lineOfRefused.count(times -> LogEvent.CONNECTIONS_REFUSED
                .on(LOG)
                .log(
                        "{} connections were refused: busy ones reached server.max_connections or its share"
                                + " per address.",
                        times));
    }

    void notAccepted(Throwable cause) {
        refused.increment();
        lineOfNotAccepted.count(
                times -> LOG.error("Failed to accept a connection, {} times; last cause: {}", times, cause.toString()));
    }

    void evicted() {
        evicted.increment();
        lineOfEvicted.count(times -> LOG.warn(
                "{} idle connections were closed for new ones: server.max_connections or its share per address was"
                        + " reached.",
                times));
    }
}
