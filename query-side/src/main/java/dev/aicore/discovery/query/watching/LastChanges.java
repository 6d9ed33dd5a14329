package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.config.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Which services have changed lately, and up to where that is known: what was read of a service at a position is still so if
 * nothing changed it since. Nothing has to be told of a change to notice it; looks that fail or are late are noticed as well.
 * Looks come one at a time, readers from many threads.
 */
public final class LastChanges {

    /** Looks come many times a second: after so long without one, nothing is known of the present. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(1);

    private final int mostServices;
    private final TimeSource time;
    private volatile Memory memory = new Memory(0, Map.of());
    private volatile @Nullable Reached reached;

    /** @param mostServices beyond that many that changed, all are taken for changed, and it begins anew */
    public LastChanges(int mostServices, TimeSource time) {
        this.mostServices = mostServices;
        this.time = time;
    }

    /** Positions of last changes behind {@code from}, by service. */
    private record Memory(long from, Map<String, Long> last) {}

    /** Everything is known up to a position since a moment of the monotonic clock. */
    private record Reached(long position, long nanos) {}

    /** Up to where all changes are known; -1 while nothing is. To be asked before {@link #needed}. */
    public long position() {
        var now = reached;
        return now == null ? -1 : now.position();
    }

    /** Whether the last look was not too long ago to speak of the present. */
    public boolean isFresh() {
        return age() <= LONGEST_SILENCE.toNanos();
    }

    /** Nanoseconds since the last look that went well; the greatest number if there was none. */
    public long age() {
        var now = reached;
        return now == null ? Long.MAX_VALUE : time.nanos() - now.nanos();
    }

    /** What was read of the service at this position or behind it has all changes up to {@link #position}. */
    public long needed(String service) {
        var now = memory;
        return Math.max(now.from(), now.last().getOrDefault(service, 0L));
    }

    /** A first look, which tells where things are. */
    Mono<Look> beginning(Mono<Look> look) {
        return timed(look, (found, began) -> {
            memory = new Memory(found.mark(), new ConcurrentHashMap<>());
            reached = new Reached(found.mark(), began);
        });
    }

    /** A look that begins where the one before ended. */
    Mono<Look> followed(Mono<Look> look) {
        return timed(look, (found, began) -> {
            var before = reached;
            // A store that has come further back is another one, of which nothing is known.
            if (before != null && found.mark() >= before.position()) {
                remember(found);
                reached = new Reached(found.mark(), began);
            }
        });
    }

    private interface Found {
        void take(Look look, long began);
    }

    private Mono<Look> timed(Mono<Look> look, Found found) {
        return Mono.defer(() -> {
            long began = time.nanos();
            return look.doOnNext(seen -> found.take(seen, began));
        });
    }

    private void remember(Look look) {
        var last = memory.last();
        if (last.size() + look.changed().size() > mostServices) {
            memory = new Memory(look.mark(), new ConcurrentHashMap<>());
        } else {
            last.putAll(look.changed());
        }
    }
}
