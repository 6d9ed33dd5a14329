package dev.aicore.discovery.query.watching;

import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * When to look for changes.
 *
 * @param interval between two looks where nobody says that there is something new; how late a change of another process is noticed
 * @param news emits whenever there may be something new; never ends
 */
public record LookTimes(Duration interval, Flux<?> news) {

    /** Between two looks where nobody tells of changes. */
    private static final Duration POLLING = Duration.ofMillis(25);

    /** Between two looks where somebody does: a safety net. */
    private static final Duration SAFETY = Duration.ofMillis(500);

    /** Many times a second. */
    public static LookTimes polling() {
        return new LookTimes(POLLING, Flux.never());
    }

    /** Whenever there is something new, and now and then. */
    public static LookTimes on(Flux<?> news) {
        return new LookTimes(SAFETY, news);
    }

    Flux<?> flux(Scheduler scheduler) {
        return Flux.merge(Flux.interval(Duration.ZERO, interval, scheduler).onBackpressureDrop(), news);
    }
}
