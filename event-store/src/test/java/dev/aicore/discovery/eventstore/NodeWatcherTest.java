package dev.aicore.discovery.eventstore;

import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.eventstore.NodeAddressStore.NodeAddress;
import dev.aicore.discovery.eventstore.NodeAddressStore.NodeLook;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Watches nodes with an interval of an hour, so that only announcements and the ends of leases lead to a look. */
@Tag("integration")
class NodeWatcherTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long HOUR_MILLIS = 3_600_000;
    private static final NodeAddress MAIN = new NodeAddress("main", "http://main:8080", "secret", null);

    @RegisterExtension
    static final TestPostgres postgres = new TestPostgres();

    private final TestStore store = TestStore.fresh(postgres);
    private final NodeAddressStore addresses = new NodeAddressStore(store.reads());
    private final AtomicReference<NodeLook> latest = new AtomicReference<>(new NodeLook(null, null, 0));
    private final NodeWatcher watcher =
            new NodeWatcher(store.connections(), "front", TestStore.small(), HOUR_MILLIS, () -> {});

    @BeforeEach
    void start() {
        addresses.publish(MAIN);
        watcher.start(latest::set);
        awaitLook(look -> isOwnedBy(look, "main"));
    }

    @AfterEach
    void close() {
        watcher.close();
        store.close();
    }

    @Test
    void publishedAddress_isAnnounced() {
        addresses.publish(new NodeAddress("main", "http://other:8080", "secret", null));
        awaitLook(
                look -> look.owner() != null && look.owner().address().address().equals("http://other:8080"));
    }

    @Test
    void releaseAndClaim_areAnnounced() {
        store.appender.close();
        awaitLook(look -> look.owner() == null);

        try (var next = store.lane("next")) {
            next.start();
            addresses.publish(new NodeAddress("next", "http://next:8080", "secret", null));
            awaitLook(look -> isOwnedBy(look, "next"));
        }
    }

    /** Nobody announces that a process has died. */
    @Test
    void endOfLease_isNoticed() {
        postgres.execute(
                "UPDATE store.claims SET node = 'silent', generation = 1",
                "INSERT INTO store.nodes (name, generation, holder, lease_until, joined_at, address, proof) VALUES"
                        + " ('silent', 1, gen_random_uuid(), clock_timestamp() + interval '2 seconds',"
                        + " clock_timestamp(), 'http://silent:8080', 'secret')",
                "SELECT pg_notify('service_discovery_nodes', '')");

        awaitLook(look -> isOwnedBy(look, "silent")
                && !Objects.requireNonNull(look.owner()).alive());
    }

    @Test
    void brokenConnection_isReplaced() {
        postgres.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND application_name = 'service-discovery-nodes'");
        addresses.publish(new NodeAddress("main", "http://later:8080", "secret", null));
        awaitLook(
                look -> look.owner() != null && look.owner().address().address().equals("http://later:8080"));
    }

    private void awaitLook(Predicate<NodeLook> condition) {
        await().atMost(PATIENCE).until(() -> condition.test(latest.get()));
    }

    private static boolean isOwnedBy(NodeLook look, String node) {
        return look.owner() != null && look.owner().address().node().equals(node);
    }
}
