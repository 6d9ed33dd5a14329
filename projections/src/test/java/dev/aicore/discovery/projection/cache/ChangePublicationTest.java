package dev.aicore.discovery.projection.cache;

import static dev.aicore.discovery.projection.cache.ServiceFactSamples.deregistered;
import static dev.aicore.discovery.projection.cache.ServiceFactSamples.head;
import static dev.aicore.discovery.projection.cache.ServiceFactSamples.ids;
import static dev.aicore.discovery.projection.cache.ServiceFactSamples.instances;
import static dev.aicore.discovery.projection.cache.ServiceFactSamples.keyOf;
import static dev.aicore.discovery.projection.cache.ServiceFactSamples.registered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.config.testing.TestRedis;
import dev.aicore.discovery.projection.ProjectionRuntime;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import dev.aicore.discovery.readmodel.cache.DocumentHeader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Publishes documents of folded facts. */
@Tag("integration")
class ChangePublicationTest {

    @RegisterExtension
    static final TestPostgres POSTGRES = new TestPostgres();

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final Duration SELDOM = Duration.ofHours(1);

    @Test
    void facts_arePublishedAsDocuments() {
        try (var cached = new PublishedStoreFixture(POSTGRES, REDIS, SELDOM)) {
            cached.store.append(
                    1, registered("web", "w-2", 0), registered("db", "d-1", 1), registered("web", "w-1", 2));
            long last = cached.store.append(1, deregistered("web", "w-2"), registered("web", "w-3", 0));

            cached.store.awaitTrue(() -> ids(REDIS, "web").equals(List.of("w-1", "w-3"))
                    && ids(REDIS, "db").equals(List.of("d-1")));
            assertThat(head(REDIS, "web").position()).isGreaterThanOrEqualTo(last);
            assertThat(head(REDIS, "web").store())
                    .isEqualTo(cached.store.access.head().get().incarnation().toString());
            var instance = instances(REDIS, "web").getFirst();
            assertThat(instance.owner()).isEqualTo("alice");
            assertThat(instance.metadata()).containsEntry("k", "v");
            assertThat(instance.status().jsonName()).isEqualTo("healthy");
            assertThat(instance.position()).isEqualTo(3);
            assertThat(instance.lastHeartbeat()).isNull();
        }
    }

    @Test
    void refoldedFacts_publishSameDocuments() {
        try (var cached = new PublishedStoreFixture(POSTGRES, REDIS, SELDOM)) {
            cached.store.append(
                    1, registered("web", "w-1", 0), registered("web", "w-2", 1), registered("db", "d-1", 2));
            cached.store.append(1, deregistered("web", "w-1"));
            cached.store.awaitTrue(() -> ids(REDIS, "web").equals(List.of("w-2")));
            cached.store.awaitTrue(() -> ids(REDIS, "db").equals(List.of("d-1")));
            var web = instances(REDIS, "web");
            var db = instances(REDIS, "db");
            var mark = head(REDIS, "web").mark();
            long announced = announcements();

            cached.running.replay();

            cached.store.awaitTrue(() -> announcements() > announced && cached.changed.size() == 0);
            assertThat(instances(REDIS, "web")).isEqualTo(web);
            assertThat(instances(REDIS, "db")).isEqualTo(db);
            assertThat(head(REDIS, "web").mark()).isEqualTo(mark);
        }
    }

    @Test
    void removedService_isPublishedAsTombstone() {
        try (var cached = new PublishedStoreFixture(POSTGRES, REDIS, SELDOM)) {
            cached.store.append(1, registered("web", "w-1", 0));
            cached.store.awaitTrue(() -> ids(REDIS, "web").equals(List.of("w-1")));
            long gone = cached.store.append(1, deregistered("web", "w-1"));

            cached.store.awaitTrue(() -> head(REDIS, "web").isTombstone());
            assertThat(head(REDIS, "web").position()).isGreaterThanOrEqualTo(gone);
            assertThat(REDIS.commands().hkeys(keyOf("web"))).doesNotContain(DocumentHeader.INSTANCES);
            assertThat(REDIS.commands().pttl(keyOf("web"))).isPositive();
        }
    }

    @Test
    void oversizedService_isNotPublished() {
        try (var cached = new PublishedStoreFixture(POSTGRES, REDIS, SELDOM)) {
            for (int from = 0; from < ServiceDocumentReader.MAX_INSTANCES; from += 500) {
                var some = new ArrayList<Object>();
                for (int i = from; i < from + 500; i++) {
                    some.add(registered("web", "w-%04d".formatted(i), i));
                }
                cached.store.append(1, some.toArray());
            }
            cached.store.awaitTrue(() -> ids(REDIS, "web").size() == ServiceDocumentReader.MAX_INSTANCES);

            cached.store.append(1, registered("web", "one-more", ServiceDocumentReader.MAX_INSTANCES));
            cached.store.awaitTrue(() -> head(REDIS, "web").mark().equals("many"));
            assertThat(ids(REDIS, "web")).isEmpty();

            cached.store.append(1, deregistered("web", "one-more"));
            cached.store.awaitTrue(() -> ids(REDIS, "web").size() == ServiceDocumentReader.MAX_INSTANCES);
        }
    }

    @Test
    void changes_withoutRedis_arePublishedByNotify() throws Exception {
        try (var store = new ReadModelStoreFixture(POSTGRES);
                Connection listening = POSTGRES.pool().getConnection();
                var listen = listening.createStatement()) {
            listen.execute("LISTEN " + ChangeNotificationRows.CHANNEL);
            var changed = new ChangedServiceQueue(ChangedServiceQueue.MAX_SERVICES);
            try (var running = store.run(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds(), changed);
                    var changePublication = ChangePublication.byNotify(
                            changed, running.projectionRuntime.watermarks(), POSTGRES.pool())) {
                changePublication.start();
                long last = store.append(1, registered("web", "w-1", 0));

                var heard = new ArrayList<String>();
                store.awaitTrue(() -> {
                    heard.addAll(notifications(listening));
                    return heard.contains("{\"service\":\"web\",\"position\":" + last + "}");
                });
                assertThat(POSTGRES.number("SELECT count(*) FROM models.instances WHERE service = 'web'"))
                        .isEqualTo(1);
            }
        }
    }

    /**
     * Reads notifications by reflection: the driver's types have annotations that aren't on the class path, which the
     * compiler reports.
     */
    private static List<String> notifications(Connection listening) throws ReflectiveOperationException, SQLException {
        var driver = listening.unwrap(Class.forName("org.postgresql.PGConnection"));
        var heard = (Object[]) Class.forName("org.postgresql.PGConnection")
                .getMethod("getNotifications", int.class)
                .invoke(driver, 1);
        var said = new ArrayList<String>();
        for (var notification : heard) {
            said.add((String) Class.forName("org.postgresql.PGNotification")
                    .getMethod("getParameter")
                    .invoke(notification));
        }
        return said;
    }

    private static long announcements() {
        return REDIS.commands()
                .info("commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_publish:calls="))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D*(\\d+),.*", "$1")))
                .sum();
    }
}
