package dev.aicore.discovery.projection.cache;

import static dev.aicore.discovery.projection.cache.ServiceFactSamples.KEYS;
import static dev.aicore.discovery.projection.cache.ServiceFactSamples.head;
import static dev.aicore.discovery.projection.cache.ServiceFactSamples.keyOf;
import static dev.aicore.discovery.projection.cache.ServiceFactSamples.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.testing.TestRedis;
import dev.aicore.discovery.readmodel.cache.CacheEpoch;
import dev.aicore.discovery.readmodel.cache.DocumentHeader;
import dev.aicore.discovery.readmodel.cache.RedisConnections;
import io.lettuce.core.RedisClient;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Verifies which documents Redis accepts and rejects. */
@Tag("integration")
class RedisDocumentStoreTest {

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final String STORE = "6f1c1f0e-0000-4000-8000-000000000001";
    private static final String OTHER = "6f1c1f0e-0000-4000-8000-000000000002";
    private static final String MARK = "6f1c1f0e-0000-4000-8000-00000000000a";

    private final RedisConnections connections = new RedisConnections(REDIS.settings());
    private final RedisDocumentStore documents = new RedisDocumentStore(connections.writing(), connections.keys());
    private CacheEpoch cacheEpoch = new CacheEpoch(STORE, MARK, 0, 0);

    @BeforeEach
    void claim() {
        Awaitility.await().ignoreExceptions().until(() -> {
            cacheEpoch = documents.claim(cacheEpoch);
            return true;
        });
    }

    @AfterEach
    void disconnect() {
        connections.close();
    }

    @Test
    void olderDocument_doesNotReplaceNewer() throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            var service = "web-" + seed;
            var late = new ArrayList<>(LongStream.rangeClosed(1, 60)
                    .mapToObj(position -> document(STORE, service, position, "1:" + position))
                    .toList());
            Collections.shuffle(late, new Random(seed));

            // Sixteen writes are in flight at the same time.
            assertThat(documents.write(late)).isTrue();

            assertThat(head(REDIS, service)).isEqualTo(new DocumentHeader(STORE, "1:60", 60, 0));
        }
    }

    @Test
    void tombstone_expiresLaterAndRefusesOlderDocuments() throws Exception {
        documents.write(List.of(document(STORE, "web", 10, "1:1")));
        documents.write(List.of(document(STORE, "web", 12, DocumentHeader.NONE)));
        documents.write(List.of(document(STORE, "web", 11, "1:1")));

        assertThat(head(REDIS, "web").isTombstone()).isTrue();
        assertThat(REDIS.commands().pttl(keyOf("web"))).isBetween(1L, RedisDocumentStore.TOMBSTONE.toMillis());

        documents.write(List.of(document(STORE, "web", 13, "1:2")));
        assertThat(REDIS.commands().pttl(keyOf("web"))).isEqualTo(-1);
    }

    @Test
    void document_olderThanLastConfirmation_isRefused() throws Exception {
        assertThat(documents.confirm(cacheEpoch, 100, 1_000)).isTrue();

        assertThat(documents.write(List.of(document(STORE, "web", 99, "1:1")))).isTrue();
        assertThat(REDIS.commands().exists(keyOf("web"))).isZero();
        documents.write(List.of(document(STORE, "web", 100, "1:1")));
        assertThat(head(REDIS, "web").position()).isEqualTo(100);
    }

    /** Verifies that a replaced document keeps no field of its predecessor. */
    @Test
    void documentWithoutInstances_replacesAllFields() throws Exception {
        documents.write(List.of(document(STORE, "web", 10, "1:1")));
        documents.write(List.of(document(STORE, "web", 11, DocumentHeader.NONE)));

        assertThat(REDIS.commands().hkeys(keyOf("web"))).containsExactlyInAnyOrder("store", "mark", "position", "at");
    }

    @Test
    void keysOfOtherType_areReplaced() throws Exception {
        REDIS.commands().set(keyOf("web"), "no document");
        documents.write(List.of(document(STORE, "web", 5, "1:1")));
        assertThat(head(REDIS, "web").position()).isEqualTo(5);

        REDIS.commands().flushall();
        REDIS.commands().set(KEYS.epoch(), "no epoch");
        assertThat(documents.write(List.of(document(STORE, "web", 6, "1:1")))).isFalse();
        assertThat(documents.claim(cacheEpoch)).isEqualTo(cacheEpoch);
    }

    @Test
    void documentOfOtherStore_isReplacedRegardlessOfPosition() throws Exception {
        put(REDIS, keyOf("web"), document(OTHER, "web", 1_000, "1:1").head().fields());

        documents.write(List.of(document(STORE, "web", 5, "1:2")));

        assertThat(head(REDIS, "web")).isEqualTo(new DocumentHeader(STORE, "1:2", 5, 0));
    }

    @Test
    void write_withoutEpochOfStore_isRefused() throws Exception {
        assertThat(documents.isClaimed(STORE)).isTrue();
        assertThat(documents.write(List.of(document(OTHER, "web", 5, "1:1")))).isFalse();
        REDIS.commands().flushall();

        assertThat(documents.isClaimed(STORE)).isFalse();
        assertThat(documents.write(List.of(document(STORE, "web", 5, "1:1")))).isFalse();
        assertThat(REDIS.commands().keys("*")).isEmpty();
    }

    @Test
    void flushedEpoch_isNotConfirmed() throws Exception {
        REDIS.commands().flushall();
        var another = documents.claim(new CacheEpoch(STORE, "6f1c1f0e-0000-4000-8000-00000000000b", 0, 0));

        assertThat(documents.confirm(cacheEpoch, 100, 1_000)).isFalse();
        assertThat(documents.claim(cacheEpoch)).isEqualTo(another);
        assertThat(documents.confirm(another, 100, 1_000)).isTrue();
        assertThat(documents.confirm(another, 90, 2_000)).isTrue();
        assertThat(documents.claim(cacheEpoch).position()).isEqualTo(100);
    }

    @Test
    void writtenDocument_isAnnounced() throws Exception {
        var heard = new ArrayList<String>();
        try (var client = RedisClient.create(REDIS.url());
                var listening = client.connectPubSub()) {
            listening.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, String message) {
                    synchronized (heard) {
                        heard.add(message);
                    }
                }
            });
            listening.sync().subscribe("test:changes");
            documents.write(List.of(document(STORE, "web", 5, "1:1")));
            documents.write(List.of(document(STORE, "web", 4, "1:1")));
            documents.write(List.of(document(STORE, "db", 6, DocumentHeader.NONE)));
            Awaitility.await().untilAsserted(() -> {
                synchronized (heard) {
                    assertThat(heard)
                            .containsExactly(
                                    "{\"service\":\"web\",\"position\":5}", "{\"service\":\"db\",\"position\":6}");
                }
            });
        }
    }

    @Test
    void heads_ofManyDocuments_excludeForeignKeys() throws Exception {
        for (int i = 0; i < 1_300; i++) {
            put(
                    REDIS,
                    keyOf("s-" + i),
                    document(STORE, "s-" + i, i, "1:1").head().fields());
        }
        REDIS.commands().hset(keyOf("broken"), "position", "1\n1");
        REDIS.commands().rpush(keyOf("list"), "no document");
        REDIS.commands().set("other:service:s", "not ours");

        var heads = documents.heads();

        assertThat(heads).hasSize(1_302).containsEntry("s-1299", new DocumentHeader(STORE, "1:1", 1_299, 0));
        assertThat(heads.get("broken")).isEqualTo(heads.get("list")).isEqualTo(new DocumentHeader("", "", 0, 0));
    }

    private static DocumentWrite document(String store, String service, long position, String mark) {
        return new DocumentWrite(
                service, new DocumentHeader(store, mark, position, 0), mark.equals(DocumentHeader.NONE) ? null : "[]");
    }
}
