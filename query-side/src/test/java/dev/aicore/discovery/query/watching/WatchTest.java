package dev.aicore.discovery.query.watching;

import static dev.aicore.discovery.config.access.Admission.ENDLESS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.time.ManualTime;
import dev.aicore.discovery.query.testing.ManualScheduler;
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
import reactor.core.publisher.Mono;

/** What a watcher is told in the course of time. */
class WatchTest {

    private static final Duration LOOK = Duration.ofMillis(25);
    private static final Pattern EVENT = Pattern.compile("event: (\\w+)\nid: (\\d+)\n");

    private final Tale tale = new Tale();
    private final ManualScheduler time = new ManualScheduler();
    private final Feed feed = new Feed(
            tale, LookTimes.polling(), new Seats(100, 100), new LastChanges(100, new ManualTime(Instant.EPOCH)), time);
    private final Changes changes = new Changes(tale, LiveChanges.NONE, position -> Mono.empty(), 100, time);

    /** Reads as fast as it is told. */
    private final class Reader {

        private final Feed.Seat seat = feed.enter("web", "here", ENDLESS);
        private final Watch watch = new Watch("web", seat, changes, time);
        private final List<String> events = new ArrayList<>();
        private Disposable going = Disposables.disposed();

        Reader begin(@Nullable Long resumed) {
            going = watch.begin("last_event_id", resumed).subscribe(this::take);
            return this;
        }

        void stop() {
            going.dispose();
            seat.leave();
        }

        private void take(List<byte[]> batch) {
            batch.forEach(bytes -> {
                var event = EVENT.matcher(new String(bytes, UTF_8));
                assertThat(event.lookingAt()).isTrue();
                events.add(event.group(1) + " " + event.group(2));
            });
            going = watch.next().subscribe(this::take);
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

    @Test
    void quietIsToldEveryFifteenSecondsAndUpToWhere() {
        tale.complete(5);
        var reader = new Reader().begin(null);
        time.advance(LOOK);
        tale.change("db", 6);
        tale.complete(9);
        time.advance(Watch.QUIET);
        tale.complete(12);
        time.advance(Watch.QUIET);

        assertThat(reader.events).containsExactly("snapshot 5", "bookmark 9", "bookmark 12");
    }

    @Test
    void whileTheStoreIsAwayNothingIsPassedOver() {
        tale.complete(5);
        var reader = new Reader().begin(null);
        time.advance(LOOK);
        tale.change("web", 6);
        tale.complete(6);
        tale.away(true);
        time.advance(Watch.QUIET.multipliedBy(2));
        assertThat(reader.events).containsExactly("snapshot 5", "bookmark 5", "bookmark 5");

        tale.away(false);
        time.advance(LOOK);

        assertThat(reader.events).endsWith("change 6");
    }

    @Test
    void aBookmarkPassesOverNothingThatIsStillToBeRead() {
        for (long position = 1; position <= 250; position++) {
            tale.change("web", position);
        }
        tale.complete(250);
        var watch = new Watch("web", feed.enter("web", "here", ENDLESS), changes, time);
        watch.begin("last_event_id", 0L).subscribe();
        time.advance(LOOK);
        tale.away(true);
        var told = new ArrayList<String>();
        watch.next().subscribe(batch -> batch.forEach(bytes -> told.add(new String(bytes, UTF_8))));
        time.advance(Watch.QUIET);

        assertThat(told).singleElement().asString().startsWith("event: bookmark\nid: 100\n");
    }

    @Test
    void whoIsNoLongerAdmittedIsToldNothingMore() {
        tale.complete(5);
        var good = new AtomicBoolean(true);
        var watch = new Watch("web", feed.enter("web", "here", FeedTest.whileGood(good)), changes, time);
        watch.begin("last_event_id", null).subscribe();
        time.advance(LOOK);
        var told = new ArrayList<String>();
        watch.next().subscribe(_ -> told.add("told"), _ -> told.add("failed"), () -> told.add("ended"));
        good.set(false);
        tale.change("web", 6);
        tale.complete(6);
        time.advance(LOOK);

        assertThat(told).containsExactly("ended");
    }

    @Test
    void thoseWhoAreEquallyFarShareTheirReads() {
        tale.complete(5);
        var readers = new ArrayList<Reader>();
        for (int i = 0; i < 50; i++) {
            readers.add(new Reader().begin(null));
        }
        time.advance(LOOK);
        assertThat(tale.reads()).isEqualTo(1);
        tale.change("web", 6);
        tale.complete(6);
        time.advance(LOOK);

        assertThat(tale.reads()).isEqualTo(2);
        assertThat(readers).allSatisfy(reader -> assertThat(reader.events).containsExactly("snapshot 5", "change 6"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void eachChangeIsToldOnceAndInOrderWhateverHappens(long seed) {
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
                tale.change(service, position);
                if (service.equals("web")) {
                    expected.add(position);
                }
            }
            tale.complete(Math.max(0, position - chance.nextInt(3)));
            tale.away(chance.nextInt(4) == 0);
            time.advance(Duration.ofMillis(chance.nextInt(chance.nextInt(50) == 0 ? 40_000 : 200)));
            if (chance.nextInt(20) == 0 && !reader.events.isEmpty()) {
                got.addAll(reader.changes());
                long last = reader.last();
                reader.stop();
                tale.away(false);
                reader = new Reader().begin(last);
                time.advance(Duration.ZERO);
            }
        }
        tale.complete(position);
        tale.away(false);
        time.advance(Watch.QUIET);
        got.addAll(reader.changes());

        assertThat(got).containsExactlyElementsOf(expected);
    }
}
