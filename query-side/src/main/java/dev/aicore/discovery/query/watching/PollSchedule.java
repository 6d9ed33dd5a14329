package dev.aicore.discovery.query.watching;

import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * When to look for changes.
 *
 * @param interval between two looks where nobody says that there is something new; how late a change of another process is noticed
 * @param news emits whenever there may be something new; never ends
 */
public record PollSchedule(Duration interval, Flux<?> news) {

    /** Between two looks where nobody tells of changes. */
    private static final Duration POLLING = Duration.ofMillis(25);

    /** Between two looks where somebody does: a safety net. */
    private static final Duration SAFETY = Duration.ofMillis(500);

    /** Many times a second. */
    public static PollSchedule polling() {
        return new PollSchedule(POLLING, Flux.never());
    }

    /** Whenever one of them has something new, and now and then; many times a second if there are none. */
    public static PollSchedule onAny(List<? extends Flux<?>> news) {
        return news.isEmpty() ? polling() : new PollSchedule(SAFETY, Flux.merge(news));
    }

    /** Returns the same times, and those of further news. */
    public PollSchedule with(Flux<?> more) {
        return new PollSchedule(interval, Flux.merge(news, more));
    }

    Flux<?> flux(Scheduler scheduler) {
        return Flux.merge(Flux.interval(Duration.ZERO, interval, scheduler).onBackpressureDrop(), news);
    }
}
