package dev.aicore.discovery.query.watching;

import static dev.aicore.discovery.access.CredentialValidity.UNLIMITED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.query.testing.ManualScheduler;
import dev.aicore.discovery.web.NetworkConcurrencyLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** Tests the events that a session sends over time. */
class WatchSessionTest {

    private static final Duration LOOK = Duration.ofMillis(25);
    private static final ReconnectSpread SPREAD = new ReconnectSpread(Duration.ofSeconds(2), new Random(1));
    private static final Pattern EVENT = Pattern.compile("event: (\\w+)\nid: (\\d+)\n");

    private final InMemoryChangeSource inMemoryChangeSource = new InMemoryChangeSource();
    private final ManualScheduler time = new ManualScheduler();
    private final WatchHub watchHub = new WatchHub(
            inMemoryChangeSource,
            PollSchedule.polling(),
            new WatcherLimit(100, 100, new NetworkConcurrencyLimit(100, 100)),
            new ChangeTracker(100, new ManualTimeSource(Instant.EPOCH)),
            time);
    private final ServiceWatchPages serviceWatchPages = InMemoryChangeSource.pages(inMemoryChangeSource, time);

    /** Reads as fast as events are sent. */
    private final class Reader {

        private final WatchHub.Subscription subscription = watchHub.subscribe(List.of("web"), "here", UNLIMITED);
        private final WatchSession watchSession = new WatchSession(subscription, serviceWatchPages, SPREAD, time);
        private final List<String> events = new ArrayList<>();
        private Disposable going = Disposables.disposed();

        Reader begin(@Nullable Long resumed) {
            going = watchSession.begin(start(resumed)).subscribe(this::take);
            return this;
        }

        void stop() {
            going.dispose();
            subscription.cancel();
        }

        private void take(List<byte[]> batch) {
            EVENT.matcher(InMemoryChangeSource.text(batch))
                    .results()
                    .forEach(event -> events.add(event.group(1) + " " + event.group(2)));
            going = watchSession.next().subscribe(this::take);
        }

        List<Long> changes() {
            return events.stream()
                    .filter(event -> event.startsWith("change "))
                    .map(event -> Long.valueOf(event.substring("change ".length())))
                    .toList();
        }

        long last() {
            var event = events.getLast();
            return Long.parseLong(event.substring(event.indexOf(' ') + 1));
        }
    }

    private static WatchStart start(@Nullable Long resumed) {
        return WatchStart.of("web", new ResumePosition("last_event_id", resumed));
    }

    @Test
    void quietSession_sendsPeriodicBookmarkWithPosition() {
        inMemoryChangeSource.complete(5);
        var reader = new Reader().begin(null);
        time.advance(LOOK);
        inMemoryChangeSource.change("db", 6);
        inMemoryChangeSource.complete(9);
        time.advance(WatchSession.BOOKMARK_INTERVAL);
        inMemoryChangeSource.complete(12);
        time.advance(WatchSession.BOOKMARK_INTERVAL);

        assertThat(reader.events).containsExactly("snapshot 5", "bookmark 9", "bookmark 12");
    }

    @Test
    void session_duringStoreOutage_skipsNoChanges() {
        inMemoryChangeSource.complete(5);
        var reader = new Reader().begin(null);
        time.advance(LOOK);
        inMemoryChangeSource.change("web", 6);
        inMemoryChangeSource.complete(6);
        inMemoryChangeSource.away(true);
        time.advance(WatchSession.BOOKMARK_INTERVAL.multipliedBy(2));
        assertThat(reader.events).containsExactly("snapshot 5", "bookmark 5", "bookmark 5");

        inMemoryChangeSource.away(false);
        time.advance(LOOK);

        assertThat(reader.events).endsWith("change 6");
    }

    @Test
    void bookmark_withUnreadPages_skipsNoChanges() {
        for (long position = 1; position <= 250; position++) {
            inMemoryChangeSource.change("web", position);
        }
        inMemoryChangeSource.complete(250);
        var watchSession = new WatchSession(
                watchHub.subscribe(List.of("web"), "here", UNLIMITED), serviceWatchPages, SPREAD, time);
        watchSession.begin(start(0L)).subscribe();
        time.advance(LOOK);
        inMemoryChangeSource.away(true);
        var told = new ArrayList<String>();
        watchSession.next().subscribe(batch -> batch.forEach(bytes -> told.add(new String(bytes, UTF_8))));
        time.advance(WatchSession.BOOKMARK_INTERVAL);

        assertThat(told).singleElement().asString().startsWith("event: bookmark\nid: 100\n");
    }

    @Test
    void expiredCredential_endsSessionWithoutFurtherEvents() {
        inMemoryChangeSource.complete(5);
        var good = new AtomicBoolean(true);
        var watchSession = new WatchSession(
                watchHub.subscribe(List.of("web"), "here", WatchHubTest.validWhile(good)),
                serviceWatchPages,
                SPREAD,
                time);
        watchSession.begin(start(null)).subscribe();
        time.advance(LOOK);
        var told = new ArrayList<String>();
        watchSession.next().subscribe(_ -> told.add("told"), _ -> told.add("failed"), () -> told.add("ended"));
        good.set(false);
        inMemoryChangeSource.change("web", 6);
        inMemoryChangeSource.complete(6);
        time.advance(LOOK);

        assertThat(told).containsExactly("ended");
    }

    @Test
    void stoppingNode_announcesEndOnceWithPositionAndDelay() {
        inMemoryChangeSource.complete(5);
        var reader = new Reader().begin(null);
        time.advance(LOOK);
        var raw = new ArrayList<String>();
        reader.going.dispose();
        reader.going = reader.watchSession.next().subscribe(batch -> raw.add(InMemoryChangeSource.text(batch)));

        watchHub.close();

        assertThat(raw)
                .singleElement()
                .asString()
                .matches("event: leaving\nid: 5\nretry: (\\d+)\ndata: "
                        + "\\{\"position\":5,\"reconnect_after_ms\":\\d+}\n\n");
        reader.watchSession.next().subscribe(reader::take, _ -> raw.add("failed"), () -> raw.add("ended"));
        assertThat(raw).hasSize(2).endsWith("ended");
    }

    @Test
    void sessions_atSamePosition_shareReads() {
        inMemoryChangeSource.complete(5);
        var readers = new ArrayList<Reader>();
        for (int i = 0; i < 50; i++) {
            readers.add(new Reader().begin(null));
        }
        time.advance(LOOK);
        assertThat(inMemoryChangeSource.reads()).isEqualTo(1);
        inMemoryChangeSource.change("web", 6);
        inMemoryChangeSource.complete(6);
        time.advance(LOOK);

        assertThat(inMemoryChangeSource.reads()).isEqualTo(2);
        assertThat(readers).allSatisfy(reader -> assertThat(reader.events).containsExactly("snapshot 5", "change 6"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void changes_duringOutagesAndReconnects_areSentOnceInOrder(long seed) {
        var chance = new Random(seed);
        var expected = new TreeSet<Long>();
        var got = new ArrayList<Long>();
        var reader = new Reader().begin(0L);
        time.advance(Duration.ZERO);
        long position = 0;
        for (int step = 0; step < 500; step++) {
            int more = chance.nextInt(chance.nextInt(20) == 0 ? 400 : 4);
            for (int i = 0; i < more; i++) {
                position++;
                var service = chance.nextInt(3) == 0 ? "db" : "web";
                inMemoryChangeSource.change(service, position);
                if (service.equals("web")) {
                    expected.add(position);
                }
            }
            inMemoryChangeSource.complete(Math.max(0, position - chance.nextInt(3)));
            inMemoryChangeSource.away(chance.nextInt(4) == 0);
            time.advance(Duration.ofMillis(chance.nextInt(chance.nextInt(50) == 0 ? 40_000 : 200)));
            if (chance.nextInt(20) == 0 && !reader.events.isEmpty()) {
                got.addAll(reader.changes());
                long last = reader.last();
                reader.stop();
                inMemoryChangeSource.away(false);
                reader = new Reader().begin(last);
                time.advance(Duration.ZERO);
            }
        }
        inMemoryChangeSource.complete(position);
        inMemoryChangeSource.away(false);
        time.advance(WatchSession.BOOKMARK_INTERVAL);
        got.addAll(reader.changes());

        assertThat(got).containsExactlyElementsOf(expected);
    }
}
