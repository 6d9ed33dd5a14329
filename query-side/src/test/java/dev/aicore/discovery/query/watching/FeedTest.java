package dev.aicore.discovery.query.watching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.time.ManualTime;
import dev.aicore.discovery.query.testing.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Who is told of a change, and what that costs. */
class FeedTest {

    private static final Duration LOOK = Duration.ofMillis(25);

    private final Tale tale = new Tale();
    private final ManualScheduler time = new ManualScheduler();
    private final Seats all = new Seats(3);
    private final Feed feed = new Feed(tale, all, new LastChanges(100, new ManualTime(Instant.EPOCH)), time);
    private final List<String> told = new ArrayList<>();

    @Test
    void onlyWhoWatchesTheServiceIsTold() {
        tale.complete(5);
        var web = feed.enter("web");
        var db = feed.enter("db");
        time.advance(LOOK);
        wait("web", web.changed(5));
        wait("db", db.changed(5));

        tale.change("web", 6);
        tale.complete(7);
        time.advance(LOOK);

        assertThat(told).containsExactly("web 7");
    }

    @Test
    void aChangeThatIsNotCompleteIsNotTold() {
        var web = feed.enter("web");
        time.advance(LOOK);
        wait("web", web.changed(0));

        tale.change("web", 6);
        tale.complete(5);
        time.advance(LOOK);
        assertThat(told).isEmpty();

        tale.change("web", 4);
        tale.complete(6);
        time.advance(LOOK);
        assertThat(told).containsExactly("web 6");
    }

    @Test
    void whatChangedBeforeTheWaitBeganIsToldAtOnce() {
        var web = feed.enter("web");
        time.advance(LOOK);
        tale.change("web", 3);
        tale.complete(4);
        time.advance(LOOK);

        wait("behind", web.changed(2));
        wait("not behind", web.changed(3));

        assertThat(told).containsExactly("behind 4");
        assertThat(web.quietUpTo(2)).isEqualTo(2);
        assertThat(web.quietUpTo(3)).isEqualTo(4);
    }

    @Test
    void allShareOneLookAndNobodyLooksForNobody() {
        time.advance(LOOK);
        assertThat(tale.looks()).isZero();
        var seats = List.of(feed.enter("a"), feed.enter("b"), feed.enter("b"));
        time.advance(Duration.ZERO);
        assertThat(tale.looks()).isEqualTo(1);
        time.advance(LOOK);
        assertThat(tale.looks()).isEqualTo(2);

        seats.forEach(Feed.Seat::leave);
        time.advance(LOOK.multipliedBy(3));

        assertThat(tale.looks()).isEqualTo(2);
        assertThat(feed.seats()).isZero();
    }

    @Test
    void whoComesAfterAPauseBeginsWhereThingsAreThen() {
        feed.enter("web").leave();
        tale.change("web", 100);
        tale.complete(200);

        wait("now", feed.enter("web").position());
        time.advance(LOOK);

        assertThat(told).containsExactly("now 200");
    }

    @Test
    void whoComesWhileTheStoreIsAwayIsToldSoAndWhoIsThereWaits() {
        tale.away(true);
        var early = feed.enter("web");
        wait("early", early.position());
        time.advance(Duration.ZERO);
        assertThat(told).containsExactly("early store_unavailable");
        tale.away(false);
        time.advance(LOOK);
        wait("there", early.changed(0));

        tale.away(true);
        tale.change("web", 1);
        tale.complete(1);
        time.advance(LOOK.multipliedBy(3));
        assertThat(told).hasSize(1);
        tale.away(false);
        time.advance(LOOK);

        assertThat(told).endsWith("there 1");
    }

    @Test
    void tooManyAreRefusedForNow() {
        var seat = feed.enter("a");
        feed.enter("b");
        feed.enter("c");

        assertThatThrownBy(() -> feed.enter("d")).isInstanceOfSatisfying(RegistryException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED);
            assertThat(refusal.retryAfter()).isNotNull();
        });
        assertThat(all.refused()).isEqualTo(1);
        seat.leave();
        feed.enter("d");
        assertThat(all.refused()).isEqualTo(1);
        assertThat(feed.seats()).isEqualTo(3);
    }

    @Test
    void nobodyWaitsForANodeThatIsStopped() {
        var web = feed.enter("web");
        time.advance(LOOK);
        wait("before", web.changed(0));
        feed.close();
        wait("after", web.changed(0));

        assertThat(told).containsExactly("before nothing", "after nothing");
        assertThatThrownBy(() -> feed.enter("db")).isInstanceOf(RegistryException.class);
    }

    private void wait(String name, Mono<Long> position) {
        position.subscribe(
                value -> told.add(name + " " + value),
                failure -> told.add(
                        name + " " + ((RegistryException) failure).code().code()),
                () -> {
                    if (told.stream().noneMatch(line -> line.startsWith(name + " "))) {
                        told.add(name + " nothing");
                    }
                });
    }
}
