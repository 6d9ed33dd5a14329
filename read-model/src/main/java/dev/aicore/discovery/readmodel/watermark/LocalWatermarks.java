package dev.aicore.discovery.readmodel.watermark;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Positions up to which the tables of the read models are complete, as this process's projections committed them. Readers wait for a
 * change of them instead of asking the database again and again. For use by many threads.
 */
public final class LocalWatermarks {

    private final boolean fed;
    private final Sinks.Many<Map<String, Long>> changes =
            Sinks.many().multicast().directBestEffort();
    private final Map<String, Long> positions = new HashMap<>();
    private volatile Map<String, Long> last = Map.of();
    private volatile LongConsumer onWanted = position -> {};

    private LocalWatermarks(boolean fed) {
        this.fed = fed;
    }

    /** Returns positions that projections of this process will publish. */
    public static LocalWatermarks fed() {
        return new LocalWatermarks(true);
    }

    /** Returns positions of a process without projections: none are ever published. */
    public static LocalWatermarks none() {
        return new LocalWatermarks(false);
    }

    /** Whether this process has projections. */
    public boolean isFed() {
        return fed;
    }

    /** Position by name of projection; without those that weren't published since the start. */
    public Map<String, Long> last() {
        return last;
    }

    /** Emits all positions whenever some have changed; never ends. Who is slow misses some, but not the last ones. */
    public Flux<Map<String, Long>> changes() {
        return changes.asFlux().onBackpressureLatest();
    }

    /** Says that somebody waits for a position, so that it is published as soon as it is reached. */
    public void want(long position) {
        onWanted.accept(position);
    }

    /** Sets what hears of positions that somebody waits for. It must return at once. */
    public void onWanted(LongConsumer listener) {
        onWanted = listener;
    }

    /** Publishes positions that were committed to the database. */
    public synchronized void publish(Map<String, Long> committed) {
        committed.forEach((projection, position) -> positions.merge(projection, position, Math::max));
        last = Map.copyOf(positions);
        var _ = changes.tryEmitNext(last);
    }
}
