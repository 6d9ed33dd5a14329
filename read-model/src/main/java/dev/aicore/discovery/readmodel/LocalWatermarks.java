package dev.aicore.discovery.readmodel;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Publishes the positions up to which the tables of the read models are complete, as committed by the projections of
 * this process. Readers wait for a change of the positions instead of polling the database. Thread-safe.
 */
public final class LocalWatermarks {

    private final boolean fed;
    private final Sinks.Many<Map<String, Long>> changes =
            Sinks.many().multicast().directBestEffort();
    private final Map<String, Long> positions = new HashMap<>();
    private volatile Map<String, Long> last = Map.of();
    private volatile LongConsumer onRequest = position -> {};

    private LocalWatermarks(boolean fed) {
        this.fed = fed;
    }

    /** Creates watermarks that the projections of this process will publish. */
    public static LocalWatermarks fed() {
        return new LocalWatermarks(true);
    }

    /** Creates watermarks for a process without projections: no position is ever published. */
    public static LocalWatermarks none() {
        return new LocalWatermarks(false);
    }

    /** Returns true if this process has projections. */
    public boolean hasProjections() {
        return fed;
    }

    /** Returns the last position by name of projection, without projections that haven't published since the start. */
    public Map<String, Long> last() {
        return last;
    }

    /**
     * Emits all positions whenever some of them have changed; never completes. A slow subscriber misses some positions,
     * but not the last ones.
     */
    public Flux<Map<String, Long>> changes() {
        return changes.asFlux().onBackpressureLatest();
    }

    /** Requests that a position be published as soon as it is reached, because a reader waits for it. */
    public void request(long position) {
        onRequest.accept(position);
    }

    /** Sets the listener that receives the positions that readers wait for. It must return at once. */
    public void onRequest(LongConsumer listener) {
        onRequest = listener;
    }

    /** Publishes positions that were committed to the database. A published position never goes back. */
    public synchronized void publish(Map<String, Long> committed) {
        committed.forEach((projection, position) -> positions.merge(projection, position, Math::max));
        last = Map.copyOf(positions);
        var _ = changes.tryEmitNext(last);
    }
}
