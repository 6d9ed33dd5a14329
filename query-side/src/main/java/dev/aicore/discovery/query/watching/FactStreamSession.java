package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.watching.FactPageReader.FactPage;
import dev.aicore.discovery.query.watching.FactPageReader.StoredFact;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Streams facts to one caller, a page at a time, from a position to the end or, if requested, beyond it. A page that
 * can't be read is retried; an outage is never taken for the end.
 */
final class FactStreamSession {

    static final int PAGE = 500;

    /** Poll interval once all present facts have been sent. */
    static final Duration POLL_INTERVAL = Duration.ofMillis(250);

    /** Time without an event after which a bookmark is sent. */
    static final Duration BOOKMARK_INTERVAL = Duration.ofSeconds(15);

    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration MAX_RETRY = Duration.ofSeconds(2);

    private final LongFunction<Mono<PositionedResult<FactPage>>> pages;
    private final Form form;
    private final boolean follow;
    private final BooleanSupplier closed;
    private final TimeSource time;
    private final Scheduler scheduler;
    private volatile long sentUpTo;
    private volatile boolean caughtUp;
    private volatile boolean ended;
    private volatile long lastSent;

    /**
     * Creates a session that hasn't read anything yet.
     *
     * @param pages reads at most {@link #PAGE} facts after a position
     * @param behind position after which the stream begins
     * @param follow whether the stream continues after the end
     * @param closed true if all streams must end
     */
    FactStreamSession(
            LongFunction<Mono<PositionedResult<FactPage>>> pages,
            Form form,
            long behind,
            boolean follow,
            BooleanSupplier closed,
            TimeSource time,
            Scheduler scheduler) {
        this.pages = pages;
        this.form = form;
        this.sentUpTo = behind;
        this.follow = follow;
        this.closed = closed;
        this.time = time;
        this.scheduler = scheduler;
        this.lastSent = time.nanos();
    }

    /** Returns the first page. */
    Mono<List<byte[]>> begin() {
        return pages.apply(sentUpTo).map(this::toEvents);
    }

    /** Returns the next events; empty at the end of the stream. Must be called for one page at a time. */
    Mono<List<byte[]>> next() {
        // The position advances after the timeout: a page that arrives too late is read again.
        return Mono.defer(() -> page().timeout(untilBookmark(), Mono.just(this::toBookmark), scheduler))
                .map(Supplier::get);
    }

    private Mono<Supplier<List<byte[]>>> page() {
        return Mono.defer(this::poll)
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_RETRY)
                        .maxBackoff(MAX_RETRY)
                        .scheduler(scheduler)
                        .filter(failure -> !closed.getAsBoolean() && Database.isUnavailable(failure)))
                .map(page -> () -> toEvents(page));
    }

    private Mono<PositionedResult<FactPage>> poll() {
        if (ended || closed.getAsBoolean()) {
            return Mono.empty();
        }
        var page = pages.apply(sentUpTo);
        return caughtUp ? Mono.delay(POLL_INTERVAL, scheduler).then(page) : page;
    }

    private List<byte[]> toEvents(PositionedResult<FactPage> result) {
        var facts = result.rows().facts();
        var events = new ArrayList<byte[]>(facts.size() + 1);
        facts.forEach(fact -> events.add(form.fact(fact)));
        if (!result.rows().full()) {
            // Up to the watermark there is no other fact that the caller requested.
            sentUpTo = Math.max(sentUpTo, result.position());
            if (!caughtUp) {
                events.addAll(form.mark("caught-up", sentUpTo));
            }
            caughtUp = true;
            ended = !follow;
        } else {
            sentUpTo = facts.getLast().position();
        }
        if (!events.isEmpty()) {
            lastSent = time.nanos();
        }
        return events;
    }

    private Duration untilBookmark() {
        return BOOKMARK_INTERVAL.minusNanos(time.nanos() - lastSent);
    }

    private List<byte[]> toBookmark() {
        lastSent = time.nanos();
        return form.mark("bookmark", sentUpTo);
    }

    /** Encodes facts as events or lines. */
    interface Form {

        byte[] fact(StoredFact fact);

        /**
         * Encodes a mark that states that the caller has received everything up to a position; empty if the format has
         * no marks.
         */
        List<byte[]> mark(String name, long position);

        /** Returns the content of a mark. */
        static Map<String, Long> data(long position) {
            return Map.of("position", position);
        }
    }
}
