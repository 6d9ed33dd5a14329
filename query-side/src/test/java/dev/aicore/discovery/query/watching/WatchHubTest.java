package dev.aicore.discovery.query.watching;

import static dev.aicore.discovery.access.CredentialValidity.UNLIMITED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.access.CredentialValidity;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.query.testing.ManualScheduler;
import dev.aicore.discovery.web.NetworkConcurrencyLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Tests which watchers are notified of a change, and the cost of it. */
class WatchHubTest {

    private static final Duration LOOK = Duration.ofMillis(25);
    private static final Duration ROLL_CALL = Duration.ofMillis(500);

    private final InMemoryChangeSource inMemoryChangeSource = new InMemoryChangeSource();
    private final ManualScheduler time = new ManualScheduler();
    private final WatcherLimit watcherLimit = new WatcherLimit(3, 3, new NetworkConcurrencyLimit(2, 2));
    private final WatchHub watchHub = new WatchHub(
            inMemoryChangeSource,
            PollSchedule.polling(),
            watcherLimit,
            new ChangeTracker(100, new ManualTimeSource(Instant.EPOCH)),
            time);
    private final List<String> told = new ArrayList<>();

    @Test
    void change_notifiesWatchersOfOwnServiceOnly() {
        inMemoryChangeSource.complete(5);
        var web = watchHub.subscribe(List.of("web"), "here", UNLIMITED);
        var db = watchHub.subscribe(List.of("db"), "here", UNLIMITED);
        time.advance(LOOK);
        subscribe("web", web.changed(5));
        subscribe("db", db.changed(5));

        inMemoryChangeSource.change("web", 6);
        inMemoryChangeSource.complete(7);
        time.advance(LOOK);

        assertThat(told).containsExactly("web 7");
    }

    @Test
    void change_beyondWatermark_isNotNotified() {
        var web = watchHub.subscribe(List.of("web"), "here", UNLIMITED);
        time.advance(LOOK);
        subscribe("web", web.changed(0));

        inMemoryChangeSource.change("web", 6);
        inMemoryChangeSource.complete(5);
        time.advance(LOOK);
        assertThat(told).isEmpty();

        inMemoryChangeSource.change("web", 4);
        inMemoryChangeSource.complete(6);
        time.advance(LOOK);
        assertThat(told).containsExactly("web 6");
    }

    @Test
    void change_beforeSubscription_isNotifiedAtOnce() {
        var web = watchHub.subscribe(List.of("web"), "here", UNLIMITED);
        time.advance(LOOK);
        inMemoryChangeSource.change("web", 3);
        inMemoryChangeSource.complete(4);
        time.advance(LOOK);

        subscribe("behind", web.changed(2));
        subscribe("not behind", web.changed(3));

        assertThat(told).containsExactly("behind 4");
        assertThat(web.unchangedUpTo(2)).isEqualTo(2);
        assertThat(web.unchangedUpTo(3)).isEqualTo(4);
    }

    @Test
    void watchers_shareOnePoll() {
        time.advance(LOOK);
        assertThat(inMemoryChangeSource.looks()).isZero();
        var seats = List.of(
                watchHub.subscribe(List.of("a"), "here", UNLIMITED),
                watchHub.subscribe(List.of("b"), "here", UNLIMITED),
                watchHub.subscribe(List.of("b"), "here", UNLIMITED));
        time.advance(Duration.ZERO);
        assertThat(inMemoryChangeSource.looks()).isEqualTo(1);
        time.advance(LOOK);
        assertThat(inMemoryChangeSource.looks()).isEqualTo(2);

        seats.forEach(WatchHub.Subscription::cancel);
        time.advance(LOOK.multipliedBy(3));

        assertThat(inMemoryChangeSource.looks()).isEqualTo(2);
        assertThat(watchHub.watcherCount()).isZero();
    }

    @Test
    void poll_withoutNewPosition_searchesNoChanges() {
        inMemoryChangeSource.complete(5);
        var web = watchHub.subscribe(List.of("web"), "here", UNLIMITED);
        time.advance(LOOK.multipliedBy(2));
        int searches = inMemoryChangeSource.searches();

        time.advance(LOOK.multipliedBy(10));
        assertThat(inMemoryChangeSource.searches()).isEqualTo(searches);

        subscribe("web", web.changed(5));
        inMemoryChangeSource.change("web", 6);
        inMemoryChangeSource.complete(6);
        time.advance(LOOK);
        assertThat(told).containsExactly("web 6");
    }

    @Test
    void watcher_afterPause_startsAtCurrentPosition() {
        watchHub.subscribe(List.of("web"), "here", UNLIMITED).cancel();
        inMemoryChangeSource.change("web", 100);
        inMemoryChangeSource.complete(200);

        subscribe("now", watchHub.subscribe(List.of("web"), "here", UNLIMITED).position());
        time.advance(LOOK);

        assertThat(told).containsExactly("now 200");
    }

    @Test
    void storeOutage_failsNewWatchersAndKeepsPresentWatchersWaiting() {
        inMemoryChangeSource.away(true);
        var early = watchHub.subscribe(List.of("web"), "here", UNLIMITED);
        subscribe("early", early.position());
        time.advance(Duration.ZERO);
        assertThat(told).containsExactly("early store_unavailable");
        inMemoryChangeSource.away(false);
        time.advance(LOOK);
        subscribe("there", early.changed(0));

        inMemoryChangeSource.away(true);
        inMemoryChangeSource.change("web", 1);
        inMemoryChangeSource.complete(1);
        time.advance(LOOK.multipliedBy(3));
        assertThat(told).hasSize(1);
        inMemoryChangeSource.away(false);
        time.advance(LOOK);

        assertThat(told).endsWith("there 1");
    }

    @Test
    void watchers_beyondLimitPerAddress_areRefused() {
        var shared = new WatchHub(
                inMemoryChangeSource,
                PollSchedule.polling(),
                new WatcherLimit(3, 2, new NetworkConcurrencyLimit(0, 0)),
                new ChangeTracker(100, new ManualTimeSource(Instant.EPOCH)),
                time);
        var subscription = shared.subscribe(List.of("a"), "here", UNLIMITED);
        shared.subscribe(List.of("b"), "here", UNLIMITED);

        assertThatThrownBy(() -> shared.subscribe(List.of("c"), "here", UNLIMITED))
                .isInstanceOfSatisfying(RegistryException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED);
                    assertThat(refusal.getMessage()).contains("2 watchers from this address");
                });
        shared.subscribe(List.of("c"), "there", UNLIMITED).cancel();
        subscription.cancel();
        shared.subscribe(List.of("c"), "here", UNLIMITED);
        shared.close();
    }

    @Test
    void watchers_beyondTotalLimit_areRefusedWithRetryAfter() {
        var subscription = watchHub.subscribe(List.of("a"), "here", UNLIMITED);
        watchHub.subscribe(List.of("b"), "here", UNLIMITED);
        watchHub.subscribe(List.of("c"), "here", UNLIMITED);

        assertThatThrownBy(() -> watchHub.subscribe(List.of("d"), "here", UNLIMITED))
                .isInstanceOfSatisfying(RegistryException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED);
                    assertThat(refusal.retryAfter()).isNotNull();
                });
        assertThat(watcherLimit.refused()).isEqualTo(1);
        subscription.cancel();
        watchHub.subscribe(List.of("d"), "here", UNLIMITED);
        assertThat(watcherLimit.refused()).isEqualTo(1);
        assertThat(watchHub.watcherCount()).isEqualTo(3);
    }

    @Test
    void changeOfAnyService_notifiesWatcherOfServicesOnce() {
        inMemoryChangeSource.complete(5);
        var both = watchHub.subscribe(List.of("web", "db"), "here", UNLIMITED);
        time.advance(LOOK);
        subscribe("both", both.changed(5));

        inMemoryChangeSource.change("web", 6);
        inMemoryChangeSource.change("db", 7);
        inMemoryChangeSource.complete(8);
        time.advance(LOOK);
        assertThat(told).containsExactly("both 8");
        assertThat(both.changedSince(6, false)).isEqualTo(Map.of("db", 6L));

        subscribe("again", both.changed(8));
        inMemoryChangeSource.change("web", 9);
        inMemoryChangeSource.complete(9);
        time.advance(LOOK);
        assertThat(told).containsExactly("both 8", "again 9");
        assertThat(both.changedSince(8, true)).isEqualTo(Map.of("web", 6L));
    }

    @Test
    void watcherOfServices_beyondLimitOfServices_isRefusedAndTakesNoPlace() {
        var three = watchHub.subscribe(List.of("a", "b", "c"), "here", UNLIMITED);

        assertThatThrownBy(() -> watchHub.subscribe(List.of("a", "b"), "here", UNLIMITED))
                .isInstanceOfSatisfying(RegistryException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED);
                    assertThat(refusal.getMessage()).contains("fewer services");
                });
        assertThat(watcherLimit.acquired()).isEqualTo(1);
        watchHub.subscribe(List.of("a"), "here", UNLIMITED).cancel();
        three.cancel();
        watchHub.subscribe(List.of("a", "b"), "here", UNLIMITED);
        assertThat(watcherLimit.acquired()).isEqualTo(1);
    }

    @Test
    void close_completesWaitsAndRefusesNewWatchers() {
        var web = watchHub.subscribe(List.of("web"), "here", UNLIMITED);
        time.advance(LOOK);
        subscribe("before", web.changed(0));
        watchHub.close();
        subscribe("after", web.changed(0));

        assertThat(told).containsExactly("before nothing", "after nothing");
        assertThatThrownBy(() -> watchHub.subscribe(List.of("db"), "here", UNLIMITED))
                .isInstanceOf(RegistryException.class);
    }

    @Test
    void expiredCredential_endsWait() {
        inMemoryChangeSource.complete(5);
        var good = new AtomicBoolean(true);
        var web = watchHub.subscribe(List.of("web"), "here", validWhile(good));
        var other = watchHub.subscribe(List.of("web"), "here", UNLIMITED);
        time.advance(LOOK);
        subscribe("before", web.changed(5));
        subscribe("other", other.changed(5));
        inMemoryChangeSource.away(true);
        time.advance(ROLL_CALL);
        assertThat(told).isEmpty();

        good.set(false);
        time.advance(ROLL_CALL);
        subscribe("after", web.changed(5));

        assertThat(told).containsExactly("before nothing", "after nothing");
    }

    /** Returns a validity that holds while the flag is true. */
    static CredentialValidity validWhile(AtomicBoolean good) {
        return () -> {
            if (!good.get()) {
                throw new RegistryException(ErrorCode.UNAUTHORIZED, "It has ended.");
            }
        };
    }

    private void subscribe(String name, Mono<Long> position) {
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
