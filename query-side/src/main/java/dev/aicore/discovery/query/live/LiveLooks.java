package dev.aicore.discovery.query.live;

import dev.aicore.discovery.query.watching.Look;
import dev.aicore.discovery.query.watching.Looks;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Looks for changes of services in memory while facts are heard live, and in PostgreSQL otherwise. */
public final class LiveLooks implements Looks {

    private final LiveFacts live;
    private final RecentFacts recent;
    private final Looks database;

    /** @param database asked while nothing is heard, or too much was missed */
    public LiveLooks(LiveFacts live, RecentFacts recent, Looks database) {
        this.live = live;
        this.recent = recent;
        this.database = database;
    }

    @Override
    public Mono<Look> mark() {
        return Mono.defer(() -> live.isLive() ? Mono.just(new Look(live.position(), Map.of())) : database.mark());
    }

    @Override
    public Mono<Look> changed(long after) {
        return Mono.defer(() -> {
            // Before the facts are looked through: those that are added meanwhile are found again by the next look.
            long position = live.position();
            return live.isLive()
                    ? recent.lastBetween(after, position)
                            .map(last -> Mono.just(new Look(Math.max(position, after), last)))
                            .orElseGet(() -> database.changed(after))
                    : database.changed(after);
        });
    }
}
