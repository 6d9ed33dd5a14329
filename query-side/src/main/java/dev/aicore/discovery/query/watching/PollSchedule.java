package dev.aicore.discovery.query.watching;

import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * Schedule of polls for changes.
 *
 * @param interval between two polls without a notification; bounds how late a change by another process is noticed
 * @param news emits when there may be changes; never completes
 */
public record PollSchedule(Duration interval, Flux<?> news) {

    /** Interval if no source sends notifications. */
    private static final Duration POLLING = Duration.ofMillis(25);

    /** Interval as a safety net if a source sends notifications. */
    private static final Duration SAFETY = Duration.ofMillis(500);

    /** Returns a schedule that polls many times per second. */
    public static PollSchedule polling() {
        return new PollSchedule(POLLING, Flux.never());
    }

    /**
     * Returns a schedule that polls at each notification of a source, and at long intervals as a safety net. Polls many
     * times per second if there are no sources.
     */
    public static PollSchedule onAny(List<? extends Flux<?>> news) {
        return news.isEmpty() ? polling() : new PollSchedule(SAFETY, Flux.merge(news));
    }

    /** Returns this schedule with further notifications. */
    public PollSchedule with(Flux<?> more) {
        return new PollSchedule(interval, Flux.merge(news, more));
    }

    /** Returns the times of the polls; the first one is now. */
    public Flux<?> flux(Scheduler scheduler) {
        return Flux.merge(Flux.interval(Duration.ZERO, interval, scheduler).onBackpressureDrop(), news);
    }
}
