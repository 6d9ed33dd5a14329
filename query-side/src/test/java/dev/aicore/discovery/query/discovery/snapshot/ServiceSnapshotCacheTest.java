package dev.aicore.discovery.query.discovery.snapshot;

import static dev.aicore.discovery.query.testing.LiveFactSamples.expired;
import static dev.aicore.discovery.query.testing.LiveFactSamples.group;
import static dev.aicore.discovery.query.testing.LiveFactSamples.large;
import static dev.aicore.discovery.query.testing.LiveFactSamples.registered;
import static dev.aicore.discovery.query.testing.LiveFactSamples.removed;
import static dev.aicore.discovery.query.testing.LiveFactSamples.revived;
import static dev.aicore.discovery.query.testing.LiveFactSamples.weighed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.InstanceFact;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.watching.InstanceChangeView;
import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.query.discovery.snapshot.ServiceSnapshotCache.CachedSnapshot;
import dev.aicore.discovery.query.testing.SampleInstance;
import dev.aicore.discovery.query.watching.InstanceViewFold;
import dev.aicore.discovery.query.watching.LiveFactFeed;
import dev.aicore.discovery.query.watching.RecentFactBuffer;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceSnapshotCacheTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RecentFactBuffer recent = new RecentFactBuffer(100, 1_000_000);
    private final LiveFactFeed live =
            new LiveFactFeed(recent, new ManualTimeSource(Instant.EPOCH), Duration.ofSeconds(1));
    private final ChangeLog log = new ChangeLog(10_000);
    private final ServiceSnapshotCache cache =
            new ServiceSnapshotCache(1_000_000, 5_000, recent, new InstanceViewFold(true), log);
    private long last = 10;

    @BeforeEach
    void start() {
        live.listen(cache);
        live.start();
        live.onConfirmed(last);
    }

    @AfterEach
    void close() {
        live.close();
    }

    @Test
    void fact_updatesCachedSnapshot() {
        keep("web", last, view("web", "b"));

        append(registered("web", "c"), registered("web", "a"), weighed("web", "b", 7), registered("db", "x"));

        assertThat(ids("web")).containsExactly("a", "b", "c");
        assertThat(Objects.requireNonNull(service("web").instance("b")).weight())
                .isEqualTo(7);
        assertThat(service("web").counts()).isEqualTo(new HealthCounts(3, 3));
        assertThat(cache.get("db")).isNull();
    }

    @Test
    void removal_removesInstanceFromSnapshot() {
        keep("web", last, view("web", "a"), view("web", "b"));

        append(expired("web", "a"));
        assertThat(service("web").counts()).isEqualTo(new HealthCounts(1, 1));
        append(removed("web", "a"));

        assertThat(ids("web")).containsExactly("b");
        assertThat(service("web").counts()).isEqualTo(new HealthCounts(1, 1));
        assertThat(service("web").weight())
                .isEqualTo(ServiceSnapshot.of(List.of(view("web", "b")), 1).weight());
    }

    @Test
    void changes_areLoggedFromReadPosition() {
        keep("web", last, view("web", "a"));
        long read = last;

        append(weighed("web", "a", 1), weighed("web", "a", 2));

        assertThat(log.between("web", read, last, 10).orElseThrow())
                .extracting(InstanceChangeView::position)
                .containsExactly(read + 1, read + 2);
        assertThat(log.between("web", read, last, 1).orElseThrow()).hasSize(1);
        assertThat(log.between("web", read - 1, last, 10)).isEmpty();
    }

    @Test
    void read_isCompletedByLaterFacts() {
        append(registered("web", "b"), weighed("web", "a", 7));

        var read = new CachedSnapshot(ServiceSnapshot.of(List.of(view("web", "a")), last - 2), 0);
        var completed = cache.withRecent("web", read).orElseThrow().service();

        assertThat(completed.position()).isEqualTo(last);
        assertThat(completed.candidates())
                .extracting(candidate -> candidate.view().id())
                .containsExactly("a", "b");
    }

    @Test
    void read_beforeRecentFacts_isNotCompleted() {
        append(IntStream.range(0, 101)
                .mapToObj(n -> registered("web", "i-" + n))
                .toArray(InstanceFact[]::new));

        assertThat(cache.withRecent("web", new CachedSnapshot(ServiceSnapshot.of(List.of(), 10), 0)))
                .isEmpty();
    }

    @Test
    void missedFact_isAppliedWithNextFact() {
        append(registered("web", "b"));
        keep("web", last - 1, view("web", "a"));

        append(registered("web", "c"));

        assertThat(ids("web")).containsExactly("a", "b", "c");
        assertThat(log.between("web", last - 2, last, 10).orElseThrow()).hasSize(2);
    }

    @Test
    void unfoldableFact_evictsSnapshot() {
        keep("web", last, view("web", "a"));

        append(revived("web", "gone-before"));

        assertThat(cache.get("web")).isNull();
        assertThat(log.between("web", last, last, 10)).isEmpty();
    }

    @Test
    void laterRead_restartsChangeLog() {
        keep("web", last, view("web", "a"));
        long read = last;
        append(weighed("web", "a", 1));

        keep("web", last + 5, view("web", "a"));

        assertThat(log.between("web", read, last + 5, 10)).isEmpty();
        assertThat(log.between("web", last + 5, last + 5, 10)).contains(List.of());
    }

    @Test
    void oversizedSnapshot_isEvicted() {
        keep("web", last, view("web", "a"));

        append(large("web", "b", 3_000));
        assertThat(service("web").surplus()).isBetween(2_500L, 3_000L);
        append(large("web", "c", 3_000));

        assertThat(cache.get("web")).isNull();
        assertThat(log.between("web", last, last, 10)).isEmpty();
        assertThat(cache.withRecent(
                        "web", new CachedSnapshot(ServiceSnapshot.of(List.of(view("web", "a")), last - 2), 0)))
                .isEmpty();
    }

    @Test
    void outline_remainsOutlineAndLogsNoChanges() {
        keep("web", last, view("web", "a"));
        append(weighed("web", "a", 1));

        cache.put(
                "web",
                new CachedSnapshot(
                        ServiceSnapshot.outlineOf(new PositionedResult<>(List.of(view("web", "a")), last)), 0));
        long read = last;
        append(large("web", "b", 9_000), weighed("web", "a", 7));

        assertThat(service("web").isOutline()).isTrue();
        assertThat(ids("web")).containsExactly("a", "b");
        assertThat(Objects.requireNonNull(service("web").instance("a")).weight())
                .isEqualTo(7);
        assertThat(Objects.requireNonNull(service("web").instance("b")).metadata())
                .isEmpty();
        assertThat(service("web").position()).isEqualTo(last);
        assertThat(log.between("web", read, last, 10)).isEmpty();
    }

    private void keep(String service, long position, InstanceView... instances) {
        cache.put(service, new CachedSnapshot(ServiceSnapshot.of(List.of(instances), position), 0));
    }

    private void append(InstanceFact... facts) {
        live.onAppended(group(last + 1, facts));
        last += facts.length;
        live.awaitPosition(last).block(PATIENCE);
    }

    private ServiceSnapshot service(String name) {
        return Objects.requireNonNull(cache.get(name)).service();
    }

    private List<String> ids(String name) {
        return service(name).candidates().stream()
                .map(candidate -> candidate.view().id())
                .toList();
    }

    private static InstanceView view(String service, String id) {
        return SampleInstance.of(service, id).view();
    }
}
