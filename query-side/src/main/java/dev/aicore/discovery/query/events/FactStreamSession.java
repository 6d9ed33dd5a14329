package dev.aicore.discovery.query.events;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.database.PositionedResult;
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
 * One caller who reads facts, a page at a time, from a position on: to the end, or beyond it for as long as he likes. What can't be read
 * just now is read later, and never taken for nothing.
 */
final class FactStreamSession {

    static final int PAGE = 500;

    /** How often there is a look whether something happened, once all has been told. */
    static final Duration POLL_INTERVAL = Duration.ofMillis(250);

    /** After so long without an event there is a bookmark. */
    static final Duration QUIET = Duration.ofSeconds(15);

    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration MAX_RETRY = Duration.ofSeconds(2);

    private final LongFunction<Mono<PositionedResult<List<StoredFact>>>> pages;
    private final Form form;
    private final boolean follow;
    private final BooleanSupplier closed;
    private final TimeSource time;
    private final Scheduler scheduler;
    private volatile long reached;
    private volatile boolean caughtUp;
    private volatile boolean over;
    private volatile long lastSent;

    /**
     * Nothing is read yet.
     *
     * @param pages reads at most {@link #PAGE} facts behind a position
     * @param behind the position behind which it begins
     * @param follow whether it goes on behind the end
     * @param closed whether all streams have to end
     */
    FactStreamSession(
            LongFunction<Mono<PositionedResult<List<StoredFact>>>> pages,
            Form form,
            long behind,
            boolean follow,
            BooleanSupplier closed,
            TimeSource time,
            Scheduler scheduler) {
        this.pages = pages;
        this.form = form;
        this.reached = behind;
        this.follow = follow;
        this.closed = closed;
        this.time = time;
        this.scheduler = scheduler;
        this.lastSent = time.nanos();
    }

    /** What it begins with. */
    Mono<List<byte[]>> begin() {
        return pages.apply(reached).map(this::toEvents);
    }

    /** What follows; empty at the end. To be asked for one at a time. */
    Mono<List<byte[]>> next() {
        // What the caller has grows behind the timeout: a page that came too late is read again.
        return Mono.defer(() -> page().timeout(untilQuiet(), Mono.just(this::bookmark), scheduler))
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

    private Mono<PositionedResult<List<StoredFact>>> poll() {
        if (over || closed.getAsBoolean()) {
            return Mono.empty();
        }
        var page = pages.apply(reached);
        return caughtUp ? Mono.delay(POLL_INTERVAL, scheduler).then(page) : page;
    }

    private List<byte[]> toEvents(PositionedResult<List<StoredFact>> result) {
        var facts = result.rows();
        var told = new ArrayList<byte[]>(facts.size() + 1);
        facts.forEach(fact -> told.add(form.fact(fact)));
        if (facts.size() < PAGE) {
            // Up to the mark there is nothing else that the caller wants.
            reached = Math.max(reached, result.position());
            if (!caughtUp) {
                told.addAll(form.mark("caught-up", reached));
            }
            caughtUp = true;
            over = !follow;
        } else {
            reached = facts.getLast().position();
        }
        if (!told.isEmpty()) {
            lastSent = time.nanos();
        }
        return told;
    }

    private Duration untilQuiet() {
        return QUIET.minusNanos(time.nanos() - lastSent);
    }

    private List<byte[]> bookmark() {
        lastSent = time.nanos();
        return form.mark("bookmark", reached);
    }

    /** How facts are written. */
    interface Form {

        byte[] fact(StoredFact fact);

        /** That the caller has all up to there; nothing where that can't be said. */
        List<byte[]> mark(String name, long position);

        /** What a mark says. */
        static Map<String, Long> data(long position) {
            return Map.of("position", position);
        }
    }
}
