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
public final class ChangeTracker {

    /** Looks come many times a second: after so long without one, nothing is known of the present. */
    private static final Duration MAX_POLL_GAP = Duration.ofSeconds(1);

    private final int maxServices;
    private final TimeSource time;
    private volatile ChangeMemory changeMemory = new ChangeMemory(0, Map.of());
    private volatile @Nullable KnownPosition knownPosition;

    /** @param mostServices beyond that many that changed, all are taken for changed, and it begins anew */
    public ChangeTracker(int mostServices, TimeSource time) {
        this.maxServices = mostServices;
        this.time = time;
    }

    /** Positions of last changes behind {@code from}, by service. */
    private record ChangeMemory(long from, Map<String, Long> last) {}

    /** Everything is known up to a position since a moment of the monotonic clock. */
    private record KnownPosition(long position, long nanos) {}

    /** Up to where all changes are known; -1 while nothing is. To be asked before {@link #needed}. */
    public long position() {
        var now = knownPosition;
        return now == null ? -1 : now.position();
    }

    /** Whether the last look was not too long ago to speak of the present. */
    public boolean isFresh() {
        return age() <= MAX_POLL_GAP.toNanos();
    }

    /** Nanoseconds since the last look that went well; the greatest number if there was none. */
    public long age() {
        var now = knownPosition;
        return now == null ? Long.MAX_VALUE : time.nanos() - now.nanos();
    }

    /** What was read of the service at this position or behind it has all changes up to {@link #position}. */
    public long needed(String service) {
        var now = changeMemory;
        return Math.max(now.from(), now.last().getOrDefault(service, 0L));
    }

    /** A first look, which tells where things are. */
    Mono<ChangePoll> beginning(Mono<ChangePoll> look) {
        return timed(look, (found, began) -> {
            changeMemory = new ChangeMemory(found.mark(), new ConcurrentHashMap<>());
            knownPosition = new KnownPosition(found.mark(), began);
        });
    }

    /** A look that begins where the one before ended. */
    Mono<ChangePoll> followed(Mono<ChangePoll> look) {
        return timed(look, (found, began) -> {
            var before = knownPosition;
            // A store that has come further back is another one, of which nothing is known.
            if (before != null && found.mark() >= before.position()) {
                remember(found);
                knownPosition = new KnownPosition(found.mark(), began);
            }
        });
    }

    private interface PollHandler {
        void take(ChangePoll changePoll, long began);
    }

    private Mono<ChangePoll> timed(Mono<ChangePoll> look, PollHandler pollHandler) {
        return Mono.defer(() -> {
            long began = time.nanos();
            return look.doOnNext(seen -> pollHandler.take(seen, began));
        });
    }

    private void remember(ChangePoll changePoll) {
        var last = changeMemory.last();
        if (last.size() + changePoll.changed().size() > maxServices) {
            changeMemory = new ChangeMemory(changePoll.mark(), new ConcurrentHashMap<>());
        } else {
            last.putAll(changePoll.changed());
        }
    }
}
