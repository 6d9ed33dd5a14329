package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.query.watching.ChangePoller.ChangePollResult;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Polls changes of services in memory while the feed is live, and in PostgreSQL otherwise. */
public final class LiveChangePoller implements ChangePoller {

    private final LiveFactFeed live;
    private final RecentFactBuffer recent;
    private final ChangePoller poller;

    /**
     * Creates a poller.
     *
     * @param poller used while the feed isn't live or facts have left the buffer
     */
    public LiveChangePoller(LiveFactFeed live, RecentFactBuffer recent, ChangePoller poller) {
        this.live = live;
        this.recent = recent;
        this.poller = poller;
    }

    @Override
    public Mono<ChangePollResult> mark() {
        return Mono.defer(
                () -> live.isLive() ? Mono.just(new ChangePollResult(live.position(), Map.of())) : poller.mark());
    }

    @Override
    public Mono<ChangePollResult> changed(long after) {
        return Mono.defer(() -> {
            // Read before the facts are searched: facts added meanwhile are found again by the next poll.
            long position = live.position();
            return live.isLive()
                    ? recent.lastBetween(after, position)
                            .map(last -> Mono.just(new ChangePollResult(Math.max(position, after), last)))
                            .orElseGet(() -> poller.changed(after))
                    : poller.changed(after);
        });
    }
}
