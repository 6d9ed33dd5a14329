package dev.aicore.discovery.projection.cache;

import static dev.aicore.discovery.projection.cache.ServiceFactSamples.deregistered;
import static dev.aicore.discovery.projection.cache.ServiceFactSamples.ids;
import static dev.aicore.discovery.projection.cache.ServiceFactSamples.registered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.config.testing.TestRedis;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Verifies that faults of Redis don't stop the folding of facts, that memory stays bounded, and that the documents are
 * complete afterwards.
 */
@Tag("integration")
class RedisFaultsTest {

    @RegisterExtension
    static final TestPostgres POSTGRES = new TestPostgres();

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final Duration SELDOM = Duration.ofHours(1);
    private static final int ROOM = 8;

    @Test
    void hangingRedis_doesNotBlockProjections() {
        try (var cached = new PublishedStoreFixture(POSTGRES, REDIS, SELDOM, ROOM)) {
            cached.store.append(1, registered("web", "w-1", 0));
            cached.store.awaitTrue(() -> ids(REDIS, "web").equals(List.of("w-1")));

            REDIS.halt();
            changeManyServices(cached);
            awaitQueued(cached);

            REDIS.resume();
            awaitComplete(cached);
        }
    }

    @Test
    void crashedRedis_doesNotBlockProjectionsAndIsRefilled() {
        try (var cached = new PublishedStoreFixture(POSTGRES, REDIS, SELDOM, ROOM)) {
            cached.store.append(1, registered("web", "w-1", 0));
            cached.store.awaitTrue(() -> ids(REDIS, "web").equals(List.of("w-1")));

            REDIS.kill();
            changeManyServices(cached);
            awaitQueued(cached);

            REDIS.start();
            awaitComplete(cached);
        }
    }

    @Test
    void redis_unavailableAtStart_isFilledLater() {
        REDIS.kill();
        try (var cached = new PublishedStoreFixture(POSTGRES, REDIS, SELDOM, ROOM)) {
            cached.store.append(1, registered("web", "w-1", 0));
            changeManyServices(cached);

            REDIS.start();
            awaitComplete(cached);
        }
    }

    @Test
    void flushedRedis_withoutChanges_isRefilled() {
        try (var cached = new PublishedStoreFixture(POSTGRES, REDIS, SELDOM, ROOM)) {
            cached.store.append(1, registered("web", "w-1", 0));
            changeManyServices(cached);
            awaitComplete(cached);

            REDIS.commands().flushall();

            awaitComplete(cached);
        }
    }

    /** Changes more services than the queue holds, and waits until the facts are folded. */
    private static void changeManyServices(PublishedStoreFixture cached) {
        for (int i = 0; i < 4 * ROOM; i++) {
            cached.store.append(1, registered("s-" + i, "i-" + i, 1 + i));
        }
        cached.store.append(1, deregistered("web", "w-1"), registered("web", "w-2", 0));
        cached.running.awaitHead();
        assertThat(POSTGRES.number("SELECT count(*) FROM models.instances")).isEqualTo(4 * ROOM + 1);
    }

    /**
     * Waits until services are queued, and verifies that their number stays within the capacity also during failed
     * publications.
     */
    private static void awaitQueued(PublishedStoreFixture cached) {
        assertThat(cached.changed.size()).isLessThanOrEqualTo(ROOM);
        cached.store.awaitTrue(() -> cached.changed.size() > 0);
        assertThat(cached.changed.size()).isLessThanOrEqualTo(ROOM);
    }

    private static void awaitComplete(PublishedStoreFixture cached) {
        cached.store.awaitTrue(() -> ids(REDIS, "web").equals(List.of("w-2")));
        for (int i = 0; i < 4 * ROOM; i++) {
            int number = i;
            cached.store.awaitTrue(() -> ids(REDIS, "s-" + number).equals(List.of("i-" + number)));
        }
        cached.store.awaitTrue(() -> cached.changed.size() == 0);
    }
}
