package dev.aicore.discovery.server.system;

import dev.aicore.discovery.config.testing.GoldenFile;
import dev.aicore.discovery.eventstore.wire.SnapshotSerializer.SnapshotCodec;
import dev.aicore.discovery.readmodel.cache.DocumentHeader;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Compares the names that a registry stores and publishes, after some use of every feature, with golden files. */
@Tag("integration")
class RuntimeNamesTest extends RuntimeNamesFixture {

    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    /**
     * Selects tables with their columns, indexes and constraints, and functions. Columns, indexes and constraints of
     * partitions are omitted, because they equal those of their table.
     */
    private static final String RELATIONS = """
            WITH named AS (SELECT oid, relnamespace::regnamespace AS schema, relname AS name, relkind, relispartition
                           FROM pg_class WHERE relnamespace IN ('store'::regnamespace, 'models'::regnamespace))
            SELECT 'table ' || schema || '.' || name FROM named WHERE relkind IN ('r', 'p', 'v', 'm', 'S')
            UNION ALL
            SELECT concat_ws(' ', 'column', schema || '.' || name, attname, format_type(atttypid, atttypmod),
                             CASE WHEN attnotnull THEN 'NOT NULL' END)
            FROM named JOIN pg_attribute ON attrelid = oid AND attnum > 0 AND NOT attisdropped
            WHERE relkind IN ('r', 'p', 'v', 'm') AND NOT relispartition
            UNION ALL
            SELECT pg_get_indexdef(oid) FROM named WHERE relkind IN ('i', 'I') AND NOT relispartition
              AND name !~ '^observations_[0-9]'
            UNION ALL
            SELECT concat_ws(' ', 'constraint', schema || '.' || name, conname, pg_get_constraintdef(c.oid))
            FROM named JOIN pg_constraint c ON conrelid = named.oid AND contype <> 'n' AND NOT relispartition
            UNION ALL
            SELECT 'function ' || oid::regprocedure FROM pg_proc
            WHERE pronamespace IN ('store'::regnamespace, 'models'::regnamespace)""";

    private static final String JSON_COLUMNS = """
            SELECT table_schema || '.' || table_name || '.' || column_name FROM information_schema.columns
            WHERE table_schema IN ('store', 'models')
              AND (data_type IN ('json', 'jsonb') OR (table_name, column_name) = ('idempotency', 'outcome'))""";

    @Test
    void databaseSchema_matchesGoldenFile() throws Exception {
        GoldenFile.assertHolds("sql.txt", store.texts(RELATIONS).stream());
    }

    @Test
    void storedJsonMembers_matchGoldenFile() throws Exception {
        var lines = new TreeSet<String>();
        for (var column : store.texts(JSON_COLUMNS)) {
            lines.add(column);
            membersOf(column).forEach(member -> lines.add(column + " " + member));
        }
        GoldenFile.assertHolds("stored-json.txt", lines.stream());
    }

    @Test
    void snapshotAndProjectionNames_matchGoldenFile() throws Exception {
        var snapshots = server.getBeanProvider(SnapshotCodec.class).stream()
                .map(codec -> "snapshot " + codec.name() + " " + codec.revision());
        var projections = store.texts("SELECT 'projection ' || projection FROM models.watermarks").stream();
        var processors =
                store.texts("SELECT 'processor ' || processor_name || ' ' || token_type FROM store.tokens").stream();
        GoldenFile.assertHolds(
                "snapshots-and-projections.txt",
                Stream.of(snapshots, projections, processors).flatMap(all -> all));
    }

    @Test
    void redisKeysAndMembers_matchGoldenFile() throws Exception {
        var redis = cache.commands();
        var keys = redis.keys("*").stream()
                .flatMap(key -> Stream.concat(
                        Stream.of("key " + key),
                        redis.hgetall(key).entrySet().stream()
                                .flatMap(RuntimeNamesTest::fieldNames)
                                .map(name -> "key " + key + " " + name)));
        GoldenFile.assertHolds("redis.txt", keys);
    }

    private static Stream<String> fieldNames(Map.Entry<String, String> field) {
        var name = field.getKey();
        return name.equals(DocumentHeader.INSTANCES)
                ? GoldenFile.members(JSON.createObjectNode().set(name, JSON.readTree(field.getValue())))
                : Stream.of(name);
    }

    @Test
    void routesAndParameters_matchGoldenFile() throws Exception {
        var document = JSON.readTree(send("GET", "/openapi", "").body());
        GoldenFile.assertHolds(
                "routes.txt",
                document.path("paths")
                        .propertyStream()
                        .flatMap(path -> path.getValue()
                                .propertyStream()
                                .map(operation -> operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey()
                                        + parameters(document, operation.getValue()))));
    }

    @Test
    void metricsAndLabels_matchGoldenFile() throws Exception {
        var metrics = new TreeMap<String, TreeSet<String>>();
        var labels = new TreeSet<String>();
        for (var line : send("GET", "/metrics", "").body().lines().toList()) {
            if (line.startsWith("# TYPE ")) {
                labels = new TreeSet<>();
                metrics.put(line.substring("# TYPE ".length()), labels);
            } else if (!line.startsWith("#")) {
                LABEL.matcher(line).results().map(label -> label.group(1)).forEach(labels::add);
            }
        }
        // The JVM's metrics depend on what its garbage collector has done so far.
        metrics.keySet().removeIf(name -> !name.startsWith("service_discovery_"));
        GoldenFile.assertHolds(
                "metrics.txt",
                metrics.entrySet().stream().map(metric -> metric.getKey() + " " + String.join(" ", metric.getValue())));
    }

    @Test
    void bundleMembers_matchGoldenFile() throws Exception {
        var whole = send("GET", "/api/v1/admin/export?from=1", "").body().lines();
        // A bundle from the end contains rows of the state before it.
        var end =
                send("GET", "/api/v1/admin/export?from=" + position, "").body().lines();
        GoldenFile.assertHolds(
                "bundle.txt", Stream.concat(whole, end).flatMap(line -> GoldenFile.members(JSON.readTree(line))));
    }

    @Test
    void responseMembers_matchGoldenFile() throws Exception {
        for (var path : List.of(
                "/api/v1/services",
                "/api/v1/services/a",
                "/api/v1/services/a/health",
                "/api/v1/services/a/history",
                "/api/v1/services/orders/instances?at=" + position,
                "/api/v1/services/orders/uptime",
                "/api/v1/service-names",
                "/api/v1/discover?service_name=orders",
                "/api/v1/explain?service_name=orders&id=a",
                "/api/v1/audit",
                "/api/v1/diff?from=1&to=" + position,
                "/api/v1/configurations/orders/versions",
                "/api/v1/configurations/orders/schema",
                "/api/v1/load-balancer/orders/stats",
                "/api/v1/admin/projections",
                "/api/v1/admin/retention")) {
            use("GET", path, "");
        }
        var problem = HTTP.send(request("/nowhere").build(), BodyHandlers.ofString());
        GoldenFile.assertHolds(
                "answers.txt",
                Stream.concat(
                        ANSWERED.stream(),
                        GoldenFile.members(JSON.readTree(problem.body())).map(member -> "problem " + member)));
    }

    @Test
    void streamEventsAndMembers_matchGoldenFile() throws Exception {
        var snapshot = streamMembers("/api/v1/watch?service_name=orders", "event: snapshot");
        var changes = streamMembers("/api/v1/watch?service_name=orders&last_event_id=1", "\"deregistered\"");
        // The contents of facts have golden files of their own.
        var facts = streamMembers("/api/v1/events?follow=false", "event: caught-up")
                .filter(line -> !line.contains(" data."));
        GoldenFile.assertHolds(
                "streams.txt", Stream.of(snapshot, changes, facts).flatMap(all -> all));
    }

    /** Reads a stream up to the first event that contains {@code last}. */
    private static Stream<String> streamMembers(String path, String last) throws IOException, InterruptedException {
        var route = path.substring(0, path.indexOf('?'));
        var members = new ArrayList<String>();
        try (var stream =
                HTTP.send(request(path).GET().build(), BodyHandlers.ofLines()).body()) {
            var event = "";
            var seen = "";
            for (var line : (Iterable<String>) stream::iterator) {
                seen += line;
                if (line.startsWith("event: ")) {
                    event = route + " " + line.substring("event: ".length());
                } else if (line.startsWith("data: ")) {
                    var named = event;
                    GoldenFile.members(JSON.readTree(line.substring("data: ".length())))
                            .forEach(member -> members.add(named + " " + member));
                    if (seen.contains(last)) {
                        break;
                    }
                }
            }
        }
        return members.stream();
    }

    private static Stream<String> membersOf(String column) throws SQLException {
        var table = column.substring(0, column.lastIndexOf('.'));
        return store.texts("SELECT " + column.substring(table.length() + 1) + "::text FROM " + table).stream()
                .filter(json -> json != null)
                .flatMap(json -> GoldenFile.members(JSON.readTree(json)));
    }

    private static String parameters(JsonNode document, JsonNode operation) {
        return operation
                .path("parameters")
                .valueStream()
                .map(said -> said.has("$ref")
                        ? document.at(said.path("$ref").asString().substring(1))
                        : said)
                .map(said -> " " + said.path("in").asString() + ":"
                        + said.path("name").asString())
                .sorted()
                .collect(Collectors.joining());
    }
}
