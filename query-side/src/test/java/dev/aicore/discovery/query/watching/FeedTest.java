package dev.aicore.discovery.query.watching;

import static dev.aicore.discovery.config.access.Admission.ENDLESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.access.Admission;
import dev.aicore.discovery.config.time.ManualTime;
import dev.aicore.discovery.query.testing.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Who is told of a change, and what that costs. */
class FeedTest {

    private static final Duration LOOK = Duration.ofMillis(25);
    private static final Duration ROLL_CALL = Duration.ofMillis(500);

    private final Tale tale = new Tale();
    private final ManualScheduler time = new ManualScheduler();
    private final Seats all = new Seats(3, 3);
    private final Feed feed =
            new Feed(tale, LookTimes.polling(), all, new LastChanges(100, new ManualTime(Instant.EPOCH)), time);
    private final List<String> told = new ArrayList<>();

    @Test
    void onlyWhoWatchesTheServiceIsTold() {
        tale.complete(5);
        var web = feed.enter("web", "here", ENDLESS);
        var db = feed.enter("db", "here", ENDLESS);
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
        var web = feed.enter("web", "here", ENDLESS);
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
        var web = feed.enter("web", "here", ENDLESS);
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
        var seats = List.of(
                feed.enter("a", "here", ENDLESS), feed.enter("b", "here", ENDLESS), feed.enter("b", "here", ENDLESS));
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
    void whereNothingHappensNothingIsSearchedForUntilSomethingDoes() {
        tale.complete(5);
        var web = feed.enter("web", "here", ENDLESS);
        time.advance(LOOK.multipliedBy(2));
        int searches = tale.searches();

        time.advance(LOOK.multipliedBy(10));
        assertThat(tale.searches()).isEqualTo(searches);

        wait("web", web.changed(5));
        tale.change("web", 6);
        tale.complete(6);
        time.advance(LOOK);
        assertThat(told).containsExactly("web 6");
    }

    @Test
    void whoComesAfterAPauseBeginsWhereThingsAreThen() {
        feed.enter("web", "here", ENDLESS).leave();
        tale.change("web", 100);
        tale.complete(200);

        wait("now", feed.enter("web", "here", ENDLESS).position());
        time.advance(LOOK);

        assertThat(told).containsExactly("now 200");
    }

    @Test
    void whoComesWhileTheStoreIsAwayIsToldSoAndWhoIsThereWaits() {
        tale.away(true);
        var early = feed.enter("web", "here", ENDLESS);
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
    void oneNetworkHasItsShareOfThePlacesAndOthersHaveTheRest() {
        var shared = new Feed(
                tale, LookTimes.polling(), new Seats(3, 2), new LastChanges(100, new ManualTime(Instant.EPOCH)), time);
        var seat = shared.enter("a", "here", ENDLESS);
        shared.enter("b", "here", ENDLESS);

        assertThatThrownBy(() -> shared.enter("c", "here", ENDLESS))
                .isInstanceOfSatisfying(RegistryException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED);
                    assertThat(refusal.getMessage()).contains("2 watchers from this address");
                });
        shared.enter("c", "there", ENDLESS).leave();
        seat.leave();
        shared.enter("c", "here", ENDLESS);
        shared.close();
    }

    @Test
    void tooManyAreRefusedForNow() {
        var seat = feed.enter("a", "here", ENDLESS);
        feed.enter("b", "here", ENDLESS);
        feed.enter("c", "here", ENDLESS);

        assertThatThrownBy(() -> feed.enter("d", "here", ENDLESS))
                .isInstanceOfSatisfying(RegistryException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED);
                    assertThat(refusal.retryAfter()).isNotNull();
                });
        assertThat(all.refused()).isEqualTo(1);
        seat.leave();
        feed.enter("d", "here", ENDLESS);
        assertThat(all.refused()).isEqualTo(1);
        assertThat(feed.seats()).isEqualTo(3);
    }

    @Test
    void nobodyWaitsForANodeThatIsStopped() {
        var web = feed.enter("web", "here", ENDLESS);
        time.advance(LOOK);
        wait("before", web.changed(0));
        feed.close();
        wait("after", web.changed(0));

        assertThat(told).containsExactly("before nothing", "after nothing");
        assertThatThrownBy(() -> feed.enter("db", "here", ENDLESS)).isInstanceOf(RegistryException.class);
    }

    @Test
    void whoIsNoLongerAdmittedWaitsNoLonger() {
        tale.complete(5);
        var good = new AtomicBoolean(true);
        var web = feed.enter("web", "here", whileGood(good));
        var other = feed.enter("web", "here", ENDLESS);
        time.advance(LOOK);
        wait("before", web.changed(5));
        wait("other", other.changed(5));
        tale.away(true);
        time.advance(ROLL_CALL);
        assertThat(told).isEmpty();

        good.set(false);
        time.advance(ROLL_CALL);
        wait("after", web.changed(5));

        assertThat(told).containsExactly("before nothing", "after nothing");
    }

    /** One that is good for as long as that is. */
    static Admission whileGood(AtomicBoolean good) {
        return () -> {
            if (!good.get()) {
                throw new RegistryException(ErrorCode.UNAUTHORIZED, "It has ended.");
            }
        };
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
