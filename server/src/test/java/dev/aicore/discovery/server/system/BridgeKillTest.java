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
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills a registry and the other side of its bridge in turn, amid changes of both. A double of the other side loses all
 * its connections instead.
 */
@Tag("integration")
@Tag(FaultTestSize.TAG)
class BridgeKillTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Kills of each side. */
    private static final int KILLS = FaultTestSize.of(1, 4);

    /** Number of registrations on each side per step. */
    private static final int ADDED = 20;

    /** Number of registrations of a step that are removed in the next one: fewer than the removal guard refuses. */
    private static final int REMOVED = 5;

    @TempDir
    Path directory;

    /** Instances that exist on both sides in the end. */
    private final TreeSet<Endpoint> expected = new TreeSet<>();

    private int stepsHere;
    private int stepsThere;

    @ParameterizedTest
    @EnumSource
    void killsOfBothSides_leaveThemEqual(Kind kind) throws Exception {
        try (var other = kind.start(Files.createDirectory(directory.resolve("other")));
                var proxy = TcpProxy.to(other.port())) {
            var options = List.of("--service-discovery.bridges.definitions=" + other.definition("both", proxy));
            for (int kill = 0; kill < KILLS; kill++) {
                try (var registry = RunningRegistry.start(directory, options)) {
                    changeHere(registry);
                    changeThere(other);
                    registry.kill();
                }
                changeThere(other);
                try (var registry = RunningRegistry.start(directory, options)) {
                    changeHere(registry);
                    changeThere(other);
                    proxy.cut();
                    other.kill();
                    changeHere(registry);
                    other.restart();
                    changeThere(other);
                    proxy.restore();
                    awaitEqualSides(registry, other);
                }
            }
        }
        System.out.printf(
                "Bridge to %s, each side killed %d times: %d instances on each side, missing 0, twice 0%n",
                kind, KILLS, expected.size());
    }

    private void awaitEqualSides(RunningRegistry registry, BridgedRegistry other) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(BridgedRegistry.endpointsOf(registry)).containsExactlyElementsOf(expected);
            assertThat(other.endpoints()).containsExactlyElementsOf(expected);
            assertThat(registry.get("/api/v1/admin/bridges")
                            .body()
                            .at("/data/bridges/0/state")
                            .asString())
                    .isEqualTo("running");
        });
    }

    private void changeThere(BridgedRegistry other) throws Exception {
        var added = endpoints("there", stepsThere);
        other.registerAll(added);
        expected.addAll(added);
        for (var endpoint : removed("there", stepsThere)) {
            other.deregister(endpoint);
            expected.remove(endpoint);
        }
        stepsThere++;
    }

    private void changeHere(RunningRegistry registry) throws IOException {
        for (var endpoint : endpoints("here", stepsHere)) {
            BridgedRegistry.register(registry, endpoint);
            expected.add(endpoint);
        }
        for (var endpoint : removed("here", stepsHere)) {
            assertThat(registry.delete("/api/v1/services/" + endpoint.id()).status())
                    .isEqualTo(200);
            expected.remove(endpoint);
        }
        stepsHere++;
    }

    private static List<Endpoint> removed(String service, int step) {
        return step == 0 ? List.of() : endpoints(service, step - 1).subList(0, REMOVED);
    }

    private static List<Endpoint> endpoints(String service, int step) {
        int net = service.equals("here") ? 1 : 2;
        return IntStream.range(0, ADDED)
                .mapToObj(number -> new Endpoint(service, "10." + net + "." + step + "." + number))
                .toList();
    }
}
