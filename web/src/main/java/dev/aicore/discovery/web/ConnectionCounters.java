package dev.aicore.discovery.web;

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
                .description("Connections that were closed at once, since as many were busy as may be open.")
                .register(registry);
        FunctionCounter.builder(EVICTED, evicted, LongAdder::sum)
                .description("Idle connections that were closed for new ones, since as many were open as may be.")
                .register(registry);
    }

    /** Returns the number of refused connections so far, whose requests were never read. */
    public long refusals() {
        return refused.sum();
    }

    void refused() {
        refused.increment();
        lineOfRefused.count(times -> LOG.warn(
                "{} connections were refused: as many are busy as server.max_connections, or its share for one address, lets be open.",
                times));
    }

    void notAccepted(Throwable cause) {
        refused.increment();
        lineOfNotAccepted.count(
                times -> LOG.error("No connection could be accepted, {} times; lately: {}", times, cause.toString()));
    }

    void evicted() {
        evicted.increment();
        lineOfEvicted.count(times -> LOG.warn(
                "{} idle connections were closed for new ones: as many are open as server.max_connections, or its share for one address, allows.",
                times));
    }
}
