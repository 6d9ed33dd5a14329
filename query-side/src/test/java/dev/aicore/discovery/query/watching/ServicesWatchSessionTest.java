package dev.aicore.discovery.query.watching;

import static dev.aicore.discovery.access.CredentialValidity.UNLIMITED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.query.testing.ManualScheduler;
import dev.aicore.discovery.web.ApiJson;
import dev.aicore.discovery.web.NetworkConcurrencyLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** Tests streams of several services: the order of their events, and what a client knows after reconnects. */
class ServicesWatchSessionTest {

    private static final Duration LOOK = Duration.ofMillis(25);
    private static final ReconnectSpread SPREAD = new ReconnectSpread(Duration.ofSeconds(2), new Random(1));
    private static final Pattern EVENT = Pattern.compile("event: (\\w+)\nid: (\\d+)\ndata: (.*)\n\n");
    private static final List<String> ALL = List.of("a", "b", "c", "d", "e");

    private final InMemoryChangeSource source = new InMemoryChangeSource();
    private final ManualScheduler time = new ManualScheduler();
    private final WatchHub hub = new WatchHub(
            source,
            PollSchedule.polling(),
            new WatcherLimit(100, 100, new NetworkConcurrencyLimit(100, 100)),
            new ChangeTracker(100, new ManualTimeSource(Instant.EPOCH)),
            time);
    private final ServiceWatchPages pages = InMemoryChangeSource.pages(source, time);
    private final Map<String, TreeSet<Long>> happened = new HashMap<>();

    /** Client that keeps a list of each service, as documented. */
    private final class Client {

        private final List<String> events = new ArrayList<>();
        private final Map<String, Long> positions = new HashMap<>();
        private final Map<String, TreeSet<Long>> known = new HashMap<>();
        private @Nullable Long last;
        private Disposable going = Disposables.disposed();
        private WatchHub.@Nullable Subscription subscription;

        Client connect(List<String> services) {
            stop();
            // What happens to a service that isn't watched stays unknown.
            positions.keySet().retainAll(services);
            var snapshotOf = services.stream()
                    .filter(service -> last != null && !positions.containsKey(service))
                    .toList();
            subscription = hub.subscribe(services, "here", UNLIMITED);
            var session = new WatchSession(subscription, pages, SPREAD, time);
            var start = new WatchStart(services, new ResumePosition("last_event_id", last), snapshotOf, null);
            going = session.begin(start).subscribe(batch -> take(batch, session));
            return this;
        }

        void stop() {
            going.dispose();
            if (subscription != null) {
                subscription.cancel();
                subscription = null;
            }
        }

        private void take(List<byte[]> batch, WatchSession session) {
            EVENT.matcher(InMemoryChangeSource.text(batch)).results().forEach(event -> {
                long id = Long.parseLong(event.group(2));
                assertThat(last == null || id >= last).isTrue();
                last = id;
                apply(event.group(1), id, event.group(3));
            });
            going = session.next().subscribe(next -> take(next, session));
        }

        private void apply(String name, long id, String json) {
            var data = ApiJson.mapper().readTree(json);
            var service = data.path("service_name").asString("");
            long position = data.path("position").asLong();
            events.add(name + " " + service + " " + id);
            if (name.equals("snapshot")) {
                assertThat(id).isLessThanOrEqualTo(position);
                positions.put(service, position);
                known.put(service, new TreeSet<>(of(service).headSet(position, true)));
            } else if (name.equals("change")) {
                assertThat(positions).containsKey(service);
                assertThat(position).isEqualTo(id);
                if (position > positions.getOrDefault(service, 0L)) {
                    known.computeIfAbsent(service, _ -> new TreeSet<>()).add(position);
                    positions.put(service, position);
                }
            }
        }
    }

    @Test
    void stream_beginsWithSnapshotOfEachService() {
        change("c", 7);
        source.complete(5);
        source.snapshotsAhead(2);

        var client = new Client().connect(List.of("a", "b"));
        time.advance(LOOK);

        // Changes after 5 may be missing until the client has all snapshots.
        assertThat(client.events).containsExactly("snapshot a 5", "snapshot b 7");
    }

    @Test
    void changesOfServices_beyondPage_areSentInOrderOfPositions() {
        for (long position = 1; position <= 300; position++) {
            change(position % 10 == 0 ? "b" : "a", position);
        }
        source.complete(300);
        var client = resumedAt(0, "a", "b");

        client.connect(List.of("a", "b"));
        time.advance(LOOK);

        assertThat(client.known).isEqualTo(happened);
        assertThat(client.events).hasSize(300);
    }

    @Test
    void addedService_aloneGetsSnapshot() {
        source.complete(5);
        var client = new Client().connect(List.of("a"));
        time.advance(LOOK);
        change("a", 6);
        change("b", 7);
        source.complete(7);

        client.connect(List.of("a", "b"));
        time.advance(LOOK);

        assertThat(client.events).containsExactly("snapshot a 5", "change a 6", "snapshot b 7");
    }

    @Test
    void resumedStream_readsChangedServicesAlone() {
        change("c", 6);
        source.complete(7);
        var client = resumedAt(5, "a", "b", "c", "d", "e");

        client.connect(ALL);
        time.advance(LOOK);

        assertThat(client.events).containsExactly("change c 6");
        assertThat(source.reads()).isEqualTo(1);
    }

    @Test
    void streamsOfDifferentServices_shareReadsOfCommonService() {
        source.complete(5);
        var one = new Client().connect(List.of("a", "b"));
        var other = new Client().connect(List.of("a", "c"));
        time.advance(LOOK);
        for (long position = 6; position <= 7; position++) {
            change(position == 6 ? "a" : "b", position);
            source.complete(position);
            time.advance(LOOK);
        }
        int before = source.reads();

        change("a", 8);
        source.complete(8);
        time.advance(LOOK);

        assertThat(one.events).endsWith("change b 7", "change a 8");
        assertThat(other.events).endsWith("change a 6", "change a 8");
        assertThat(source.reads()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void client_afterOutagesReconnectsAndAddedServices_knowsEachChange(long seed) {
        var chance = new Random(seed);
        var client = new Client().connect(List.of("a", "b"));
        time.advance(LOOK);
        long position = 0;
        for (int step = 0; step < 400; step++) {
            int more = chance.nextInt(chance.nextInt(20) == 0 ? 400 : 4);
            for (int i = 0; i < more; i++) {
                change(ALL.get(chance.nextInt(chance.nextInt(3) == 0 ? 5 : 1)), ++position);
            }
            source.complete(Math.max(0, position - chance.nextInt(3)));
            source.snapshotsAhead(chance.nextInt(3));
            source.away(chance.nextInt(4) == 0);
            time.advance(Duration.ofMillis(chance.nextInt(chance.nextInt(50) == 0 ? 40_000 : 200)));
            if (chance.nextInt(20) == 0) {
                source.away(false);
                client.connect(ALL.subList(0, 2 + chance.nextInt(4)));
                time.advance(Duration.ZERO);
            }
        }
        source.complete(position);
        source.snapshotsAhead(0);
        source.away(false);
        client.connect(ALL);
        time.advance(WatchSession.BOOKMARK_INTERVAL);

        ALL.forEach(this::of);
        assertThat(client.known).isEqualTo(happened);
    }

    private Client resumedAt(long position, String... services) {
        var client = new Client();
        client.last = position;
        for (var service : services) {
            client.positions.put(service, position);
            client.known.put(service, new TreeSet<>());
        }
        return client;
    }

    private void change(String service, long position) {
        of(service).add(position);
        source.change(service, position);
    }

    private NavigableSet<Long> of(String service) {
        return happened.computeIfAbsent(service, _ -> new TreeSet<>());
    }
}
