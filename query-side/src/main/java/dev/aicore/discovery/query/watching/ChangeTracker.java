package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.watching.ChangePoller.ChangePollResult;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Tracks which services changed recently and up to which position that is known. A service that was read at a position
 * is still current if it hasn't changed since. Changes are found by polls alone; failed and late polls are detected.
 * Polls run one at a time; reads are thread-safe.
 */
public final class ChangeTracker {

    /** Maximum time since the last poll for which the present counts as known. Polls run many times per second. */
    private static final Duration MAX_POLL_GAP = Duration.ofSeconds(1);

    private final int maxServices;
    private final TimeSource time;
    private volatile ChangeMemory changeMemory = new ChangeMemory(0, Map.of());
    private volatile @Nullable KnownPosition knownPosition;

    /**
     * Creates a tracker.
     *
     * @param maxServices maximum number of changed services; beyond it all services count as changed, and tracking
     * restarts
     */
    public ChangeTracker(int maxServices, TimeSource time) {
        this.maxServices = maxServices;
        this.time = time;
    }

    /** Positions of the last changes after {@code from}, by service. */
    private record ChangeMemory(long from, Map<String, Long> last) {}

    /** Position up to which everything is known, and the time of the monotonic clock since when it is. */
    private record KnownPosition(long position, long nanos) {}

    /**
     * Returns the position up to which all changes are known; -1 while none is. Must be called before {@link
     * #minReadPosition}.
     */
    public long position() {
        var now = knownPosition;
        return now == null ? -1 : now.position();
    }

    /** Returns true if the last successful poll is recent enough for statements about the present. */
    public boolean isFresh() {
        return age() <= MAX_POLL_GAP.toNanos();
    }

    /** Returns the nanoseconds since the last successful poll; {@link Long#MAX_VALUE} if there was none. */
    public long age() {
        var now = knownPosition;
        return now == null ? Long.MAX_VALUE : time.nanos() - now.nanos();
    }

    /** Returns the lowest position at which a read of the service contains all changes up to {@link #position}. */
    public long minReadPosition(String service) {
        var now = changeMemory;
        return Math.max(now.from(), now.last().getOrDefault(service, 0L));
    }

    /** Runs the first poll, which determines the present position. */
    Mono<ChangePollResult> pollFirst(Mono<ChangePollResult> poll) {
        return timed(poll, (found, began) -> {
            changeMemory = new ChangeMemory(found.mark(), new ConcurrentHashMap<>());
            knownPosition = new KnownPosition(found.mark(), began);
        });
    }

    /** Runs a poll that begins where the previous one ended. */
    Mono<ChangePollResult> pollNext(Mono<ChangePollResult> poll) {
        return timed(poll, (found, began) -> {
            var before = knownPosition;
            // A lower position belongs to another store, of which nothing is known.
            if (before != null && found.mark() >= before.position()) {
                record(found);
                knownPosition = new KnownPosition(found.mark(), began);
            }
        });
    }

    private interface PollHandler {
        void handle(ChangePollResult changePollResult, long began);
    }

    private Mono<ChangePollResult> timed(Mono<ChangePollResult> poll, PollHandler pollHandler) {
        return Mono.defer(() -> {
            long began = time.nanos();
            return poll.doOnNext(seen -> pollHandler.handle(seen, began));
        });
    }

    private void record(ChangePollResult changePollResult) {
        var last = changeMemory.last();
        if (last.size() + changePollResult.changed().size() > maxServices) {
            changeMemory = new ChangeMemory(changePollResult.mark(), new ConcurrentHashMap<>());
        } else {
            last.putAll(changePollResult.changed());
        }
    }
}
