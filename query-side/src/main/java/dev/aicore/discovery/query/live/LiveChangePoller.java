package dev.aicore.discovery.query.live;

import dev.aicore.discovery.query.watching.ChangePoll;
import dev.aicore.discovery.query.watching.ChangePoller;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Polls changes of services in memory while the feed is live, and in PostgreSQL otherwise. */
public final class LiveChangePoller implements ChangePoller {

    private final LiveFactFeed live;
    private final RecentFactBuffer recent;
    private final ChangePoller database;

    /**
     * Creates a poller.
     *
     * @param database used while the feed isn't live or facts have left the buffer
     */
    public LiveChangePoller(LiveFactFeed live, RecentFactBuffer recent, ChangePoller database) {
        this.live = live;
        this.recent = recent;
        this.database = database;
    }

    @Override
    public Mono<ChangePoll> mark() {
        return Mono.defer(() -> live.isLive() ? Mono.just(new ChangePoll(live.position(), Map.of())) : database.mark());
    }

    @Override
    public Mono<ChangePoll> changed(long after) {
        return Mono.defer(() -> {
            // Read before the facts are searched: facts added meanwhile are found again by the next poll.
            long position = live.position();
            return live.isLive()
                    ? recent.lastBetween(after, position)
                            .map(last -> Mono.just(new ChangePoll(Math.max(position, after), last)))
                            .orElseGet(() -> database.changed(after))
                    : database.changed(after);
        });
    }
}
