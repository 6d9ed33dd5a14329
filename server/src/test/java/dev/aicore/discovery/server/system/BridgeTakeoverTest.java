package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.config.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Runs a bridge to the installed etcd on two nodes of one registry: one runs it, and the other continues it. */
@Tag("integration")
class BridgeTakeoverTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int INSTANCES = 20;

    /** Longer than a busy machine lets a node stand still, so that only a lost node loses the bridge. */
    private static final String LEASE = "10s";

    private static final String BRIDGES = "/api/v1/admin/bridges";

    @RegisterExtension
    static final TestPostgres postgres = new TestPostgres();

    @TempDir
    Path directory;

    /** Name of the bridge and of what it brings, because all tests share the database. */
    private final String bridge = "b" + Long.toHexString(System.nanoTime());

    private final String prefix = "/" + bridge + "/";
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Set<String> here = new TreeSet<>();
    private final Set<String> there = new TreeSet<>();
    private EtcdGateway etcd;
    private RunningRegistry owner;
    private RunningRegistry front;

    @BeforeEach
    void startBothSides() throws Exception {
        etcd = EtcdGateway.start(directory);
        running.push(etcd);
        owner = started("owner");
        front = started("front");
        for (int i = 0; i < INSTANCES; i++) {
            registerHere(front, i);
            registerThere(i);
        }
        awaitEqualSets(owner);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(status(owner).path("state").asString()).isEqualTo("running");
            assertThat(status(front)).isEqualTo(status(owner));
        });
    }

    @AfterEach
    void stop() throws Exception {
        for (var closeable : running) {
            closeable.close();
        }
    }

    @Test
    void bridge_isTheSameThroughEachNodeAndContinuesAfterKill() throws Exception {
        assertThat(status(front).path("imported").asInt()).isEqualTo(INSTANCES);
        assertThat(status(front).path("exported").asInt()).isEqualTo(INSTANCES);
        assertThat(isRunBy(owner)).isTrue();
        assertThat(isRunBy(front)).isFalse();
        assertThat(front.get(BRIDGES + "/" + bridge + "/plan")
                        .body()
                        .at("/data/imports/brought")
                        .asInt())
                .isEqualTo(INSTANCES);
        var first = status(owner).path("node").asString();

        assertThat(front.post(BRIDGES + "/" + bridge + "/pause", "")
                        .body()
                        .at("/data/state")
                        .asString())
                .isEqualTo("paused");
        awaitState(owner, "paused");
        awaitState(front, "paused");
        registerThere(INSTANCES);
        owner.kill();
        var created = createRevisions();
        removeThere(0);
        registerThere(INSTANCES + 1);

        // Also the pause continues.
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(isRunBy(front)).isTrue();
            assertThat(planned(front)).isEqualTo(3);
        });
        assertThat(status(front).path("state").asString()).isEqualTo("paused");
        assertThat(status(front).path("node").asString()).isNotEqualTo(first);
        assertThat(idsHere(front)).doesNotContain(imported(INSTANCES)).contains(imported(0));

        registerHere(front, INSTANCES);
        assertThat(front.post(BRIDGES + "/" + bridge + "/resume", "").status()).isEqualTo(200);
        awaitEqualSets(front);
        // Nothing vanished there meanwhile: no key was created again.
        assertThat(createRevisions()).containsAllEntriesOf(created);
        System.out.printf(
                "Bridge continued by another node: %d of %d instances here, %d of %d there%n",
                idsHere(front).size(), here.size(), etcd.entries(prefix).size(), there.size());
    }

    /** Tests that a node that was deposed while it stood still writes nothing to the other side. */
    @Test
    void frozenNode_afterTakeover_runsTheBridgeNoLonger() throws Exception {
        owner.freeze();
        long before = writesThere();
        try {
            registerThere(INSTANCES);
            await().atMost(PATIENCE).until(() -> isRunBy(front));
            registerHere(front, INSTANCES);
            awaitEqualSets(front);
        } finally {
            owner.thaw();
        }

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(isRunBy(owner)).isFalse();
            assertThat(status(owner)).isEqualTo(status(front));
        });
        awaitEqualSets(front);
        // Every write there since the freeze is one that the next node counts.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(writesThere() - before).isEqualTo(countedWrites(front)));
    }

    /** Returns the revisions at which the exported keys began to exist. */
    private Map<String, Long> createRevisions() throws IOException, InterruptedException {
        return exported().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().path("create_revision").asLong()));
    }

    /** Returns how often all exported keys were written, which etcd counts while they exist. */
    private long writesThere() throws IOException, InterruptedException {
        return exported().values().stream()
                .mapToLong(entry -> entry.path("version").asLong())
                .sum();
    }

    private Map<String, JsonNode> exported() throws IOException, InterruptedException {
        return etcd.entries(prefix + "out-" + bridge + "/");
    }

    private int planned(RunningRegistry registry) throws IOException {
        return registry.get(BRIDGES + "/" + bridge + "/plan")
                .body()
                .at("/data/imports/writes")
                .size();
    }

    private void awaitState(RunningRegistry registry, String state) {
        await().atMost(PATIENCE)
                .until(() -> status(registry).path("state").asString().equals(state));
    }

    private JsonNode status(RunningRegistry registry) throws IOException {
        return registry.get(BRIDGES)
                .body()
                .at("/data/bridges")
                .valueStream()
                .filter(found -> found.path("name").asString().equals(bridge))
                .findFirst()
                .orElseThrow();
    }

    /** Returns true if the registry's metrics contain the bridge, as only those of the node that runs it do. */
    private boolean isRunBy(RunningRegistry registry) throws IOException {
        return sample(registry, "running{bridge=\"" + bridge + "\"}").isPresent();
    }

    private long countedWrites(RunningRegistry registry) throws IOException {
        return sample(registry, "writes_total{bridge=\"" + bridge + "\",direction=\"out\"}")
                .map(Double::valueOf)
                .orElseThrow()
                .longValue();
    }

    /** Returns the value of a sample of bridges' metrics. */
    private static Optional<String> sample(RunningRegistry registry, String name) throws IOException {
        var line = "service_discovery_bridge_" + name + " ";
        return registry.text("/metrics", "Accept", "text/plain")
                .lines()
                .filter(found -> found.startsWith(line))
                .map(found -> found.substring(line.length()))
                .findFirst();
    }

    private void registerThere(int number) throws IOException, InterruptedException {
        var key = "in-" + bridge + "/" + number;
        etcd.register(prefix + key, "10.0.1." + number);
        there.add(key);
        here.add(imported(number));
    }

    private void removeThere(int number) throws IOException, InterruptedException {
        var key = "in-" + bridge + "/" + number;
        etcd.deregister(prefix + key);
        there.remove(key);
        here.remove(imported(number));
    }

    private String imported(int number) {
        return bridge + ":in-" + bridge + ":" + number;
    }

    private void registerHere(RunningRegistry registry, int number) throws IOException {
        var id = bridge + "-" + number;
        var body = "{\"id\": \"" + id + "\", \"name\": \"out-" + bridge + "\", \"address\": \"10.0.2." + number
                + "\", \"port\": 80, \"ttl\": 3600}";
        assertThat(registry.post("/api/v1/services", body).status()).isEqualTo(201);
        here.add(id);
        there.add("out-" + bridge + "/" + id);
    }

    private void awaitEqualSets(RunningRegistry registry) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(idsHere(registry)).isEqualTo(here);
            assertThat(etcd.entries(prefix).keySet()).isEqualTo(there);
        });
    }

    private Set<String> idsHere(RunningRegistry registry) throws IOException {
        var ids = registry.get("/api/v1/services?limit=1000")
                .body()
                .at("/data/services")
                .findValuesAsString("id");
        return ids.stream().filter(id -> id.startsWith(bridge)).collect(Collectors.toCollection(TreeSet::new));
    }

    private RunningRegistry started(String name) throws IOException {
        var url = "postgresql://%s:%s@localhost:%d/%s"
                .formatted(postgres.user(), postgres.password(), postgres.port(), postgres.database());
        var registry = RunningRegistry.start(
                Files.createDirectories(directory.resolve(name)),
                List.of(
                        "--service-discovery.database.postgres.url=" + url,
                        "--service-discovery.event-store.lease=" + LEASE,
                        "--service-discovery.bridges.definitions=%s etcd both lease-ttl=3600 endpoint=%s"
                                        .formatted(bridge, etcd.endpoint())
                                + " key-prefix=%s service=*%s".formatted(prefix, bridge)));
        running.push(registry);
        return registry;
    }
}
