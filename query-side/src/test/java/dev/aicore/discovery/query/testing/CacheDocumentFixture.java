package dev.aicore.discovery.query.testing;

import dev.aicore.discovery.readmodel.cache.CacheEpoch;
import dev.aicore.discovery.readmodel.cache.CachedInstance;
import dev.aicore.discovery.readmodel.cache.DocumentHeader;
import dev.aicore.discovery.readmodel.cache.RedisKeys;
import dev.aicore.discovery.web.ApiJson;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes documents as the projections would, and makes PostgreSQL unavailable to readers. */
public final class CacheDocumentFixture {

    /** Id of the store whose documents are valid. */
    public static final String STORE = "6f1c1f0e-0000-4000-8000-000000000001";
    /** Id of another store. */
    public static final String OTHER = "6f1c1f0e-0000-4000-8000-000000000002";

    private static final RedisKeys KEYS = new RedisKeys("test:");

    private final QueryFixture registry;

    public CacheDocumentFixture(QueryFixture registry) {
        this.registry = registry;
    }

    /** Creates the store whose documents are valid. */
    public void store() {
        registry.postgres().execute("DELETE FROM store.head", """
                INSERT INTO store.head (position, owner, incarnation, shards, recorded_at)
                VALUES (120, 'node-1', '%s', 16, '2026-11-23T12:00:00Z')
                """.formatted(STORE));
    }

    /** Writes the document of a service, read from PostgreSQL {@code ago} before now. */
    public void put(String service, String store, long position, Duration ago, SampleInstance... instances) {
        put(
                service,
                new DocumentHeader(
                        store, "1:1", position, Instant.now().minus(ago).toEpochMilli()),
                ApiJson.mapper()
                        .writeValueAsString(Arrays.stream(instances)
                                .map(instance -> kept(instance, position))
                                .toList()));
    }

    /** Writes the document of a service with these instances as JSON. */
    public void put(String service, DocumentHeader header, String instances) {
        var fields = fields(header.fields());
        fields.put(DocumentHeader.INSTANCES, instances);
        put(service, fields);
    }

    /** Writes the fields of a service's document. */
    public void put(String service, Map<String, String> fields) {
        var redis = registry.redis().commands();
        redis.del(keyOf(service));
        redis.hset(keyOf(service), fields);
    }

    /** Returns the key of a service's document. */
    public static String keyOf(String service) {
        return KEYS.service(service);
    }

    /** Returns the fields of a header or an epoch by name. */
    public static Map<String, String> fields(List<String> values) {
        var names = List.of("store", "mark", "position", "at");
        var fields = new HashMap<String, String>();
        for (int i = 0; i < names.size(); i++) {
            fields.put(names.get(i), values.get(i));
        }
        return fields;
    }

    /** Records that all documents were found to agree {@code ago} before now. */
    public void epoch(String store, long position, Duration ago) {
        var cacheEpoch =
                new CacheEpoch(store, OTHER, position, Instant.now().minus(ago).toEpochMilli());
        registry.redis().commands().hset(KEYS.epoch(), fields(cacheEpoch.fields()));
    }

    /** Runs an action while the registry can't read its database. */
    public void withoutPostgres(Runnable work) {
        var postgres = registry.postgres();
        var database = postgres.database();
        // Runs in another database, because PostgreSQL refuses to disallow connections to the current one.
        try (var connection = DriverManager.getConnection(
                        "jdbc:postgresql://localhost:" + postgres.port() + "/postgres",
                        postgres.user(),
                        postgres.password());
                var statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE " + database + " ALLOW_CONNECTIONS false");
            try {
                statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity" + " WHERE datname = '"
                        + database + "' AND application_name = 'service-discovery-query'");
                work.run();
            } finally {
                statement.execute("ALTER DATABASE " + database + " ALLOW_CONNECTIONS true");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static CachedInstance kept(SampleInstance sampleInstance, long position) {
        return new CachedInstance(
                sampleInstance.id(),
                "default",
                "alice",
                sampleInstance.state().declared().jsonName(),
                sampleInstance.state().lease().jsonName(),
                sampleInstance.state().health().jsonName(),
                sampleInstance.state().breaker().jsonName(),
                1,
                ReadModelRows.AT,
                ReadModelRows.AT.plusSeconds(1),
                position,
                sampleInstance.declaration());
    }
}
