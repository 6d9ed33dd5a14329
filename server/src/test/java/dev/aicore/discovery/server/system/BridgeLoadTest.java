package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.config.testing.TcpProxy;
import dev.aicore.discovery.server.system.BridgedRegistry.Endpoint;
import dev.aicore.discovery.server.system.BridgedRegistry.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * Brings many instances over a bridge in both directions, then single changes, and prints how long they take.
 * {@code -Dbridges.load=1000x10} starts it, with the number of services and the instances of each. Only the sets are
 * asserted, since times depend on the machine.
 */
@Tag("integration")
@EnabledIfSystemProperty(named = BridgeLoadTest.LOAD, matches = "\\d+x\\d+")
class BridgeLoadTest {

    static final String LOAD = "bridges.load";

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final int MAX_CHANGES = 200;

    private final int services = size(0);
    private final int instances = size(1);
    private final int total = services * instances;
    private final int changes = Math.clamp(total / 10, 1, MAX_CHANGES);

    @TempDir
    Path directory;

    private static int size(int index) {
        return Integer.parseInt(System.getProperty(LOAD, "1x1").split("x", 2)[index]);
    }

    @ParameterizedTest
    @EnumSource
    void manyInstancesAndChanges_arriveOnTheOtherSide(Kind kind) throws Exception {
        try (var other = kind.start(Files.createDirectory(directory.resolve("other")));
                var proxy = TcpProxy.to(other.port());
                var registry = RunningRegistry.startAsLaunched(
                        directory,
                        List.of("--service-discovery.bridges.definitions=" + other.definition("both", proxy)))) {
            long in = bringIn(registry, other, proxy);
            long out = bringOut(registry);
            var expected = new TreeSet<>(endpoints("in"));
            expected.addAll(endpoints("out"));
            assertThat(BridgedRegistry.endpointsOf(registry)).containsExactlyElementsOf(expected);
            assertThat(other.endpoints()).containsExactlyElementsOf(expected);
            var changesIn = changesIn(registry, other);
            var changesOut = changesOut(registry, other);
            System.out.printf(
                    "Bridge to %s, %d services x %d instances: in after %d ms, out after %d ms; %d changes: in %s,"
                            + " out %s%n",
                    kind, services, instances, in, out, changes, changesIn, changesOut);
        }
    }

    /** Returns the milliseconds from the moment at which the other side can be reached until all are here. */
    private long bringIn(RunningRegistry registry, BridgedRegistry other, TcpProxy proxy) throws Exception {
        awaitStatus(registry, "/state", "running");
        proxy.cut();
        awaitStatus(registry, "/state", "frozen");
        other.registerAll(endpoints("in"));
        long begin = System.nanoTime();
        proxy.restore();
        awaitStatus(registry, "/imported", String.valueOf(total));
        return millisSince(begin);
    }

    /** Returns the milliseconds from the end of a pause until all that were registered here are there. */
    private long bringOut(RunningRegistry registry) throws Exception {
        assertThat(registry.post("/api/v1/admin/bridges/b/pause", "").status()).isEqualTo(200);
        BridgedRegistry.runAll(endpoints("out").stream()
                .map(endpoint -> (Callable<Void>) () -> {
                    BridgedRegistry.register(registry, endpoint);
                    return null;
                })
                .toList());
        long begin = System.nanoTime();
        assertThat(registry.post("/api/v1/admin/bridges/b/resume", "").status()).isEqualTo(200);
        awaitStatus(registry, "/exported", String.valueOf(total));
        return millisSince(begin);
    }

    /** Returns the times from before a registration there until it is discovered here. */
    private String changesIn(RunningRegistry registry, BridgedRegistry other) throws Exception {
        var times = new ArrayList<Long>();
        for (var endpoint : laterEndpoints("in")) {
            long begin = System.nanoTime();
            other.registerAll(List.of(endpoint));
            awaitChange(() -> isDiscovered(registry, endpoint));
            times.add(millisSince(begin));
        }
        return percentiles(times);
    }

    /** Returns the times from before a registration here until it is there. */
    private String changesOut(RunningRegistry registry, BridgedRegistry other) throws Exception {
        var times = new ArrayList<Long>();
        for (var endpoint : laterEndpoints("out")) {
            long begin = System.nanoTime();
            BridgedRegistry.register(registry, endpoint);
            awaitChange(() -> other.endpoints(endpoint.service()).contains(endpoint));
            times.add(millisSince(begin));
        }
        return percentiles(times);
    }

    private static boolean isDiscovered(RunningRegistry registry, Endpoint endpoint) throws IOException {
        return registry.get("/api/v1/discover?limit=1000&service_name=" + endpoint.service())
                .body()
                .at("/data/services")
                .findValuesAsString("address")
                .contains(endpoint.address());
    }

    private static String percentiles(List<Long> times) {
        Collections.sort(times);
        return "p50 %d, p99 %d, max %d ms"
                .formatted(times.get(times.size() / 2), times.get(times.size() * 99 / 100), times.getLast());
    }

    private static void awaitStatus(RunningRegistry registry, String field, String value) {
        awaitChange(() -> status(registry).at(field).asString().equals(value));
    }

    private static void awaitChange(Callable<Boolean> arrived) {
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(POLL).until(arrived);
    }

    private static JsonNode status(RunningRegistry registry) throws IOException {
        return registry.get("/api/v1/admin/bridges").body().at("/data/bridges/0");
    }

    private static long millisSince(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin).toMillis();
    }

    private List<Endpoint> endpoints(String side) {
        return IntStream.range(0, total)
                .mapToObj(number -> endpoint(side, number % services, number / services))
                .toList();
    }

    /** Returns instances beside those of {@link #endpoints}. */
    private List<Endpoint> laterEndpoints(String side) {
        return IntStream.range(total, total + changes)
                .mapToObj(number -> endpoint(side, number % services, number / services))
                .toList();
    }

    private static Endpoint endpoint(String side, int service, int number) {
        int net = side.equals("in") ? 1 : 2;
        return new Endpoint(
                side + "-" + service, "10." + (10 * net + service / 250) + "." + service % 250 + "." + number);
    }
}
