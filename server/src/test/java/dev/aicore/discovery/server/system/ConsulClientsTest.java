package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs an unchanged client of Consul against the registry, and restarts the registry under its instances. */
@Tag("integration")
class ConsulClientsTest {

    private static final Path EXAMPLE = Path.of("..", "examples", "consul-node");

    @TempDir
    static Path directory;

    private static int port;
    private static RunningRegistry registry;

    private record Ended(int code, String output) {}

    @BeforeAll
    static void start() throws IOException {
        port = RunningRegistry.freePort();
        registry = RunningRegistry.start(Files.createDirectory(directory.resolve("registry")), port, List.of());
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    private static Ended run(String... command) throws IOException, InterruptedException {
        var output = directory.resolve("output.txt");
        var process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", command) + " doesn't end: " + Files.readString(output));
        }
        return new Ended(process.exitValue(), Files.readString(output));
    }

    /** Installs the client from the configured package registry; the test is skipped where npm can't. */
    private static void install() throws InterruptedException {
        boolean installed;
        try {
            for (var file : new String[] {"package.json", "orders.js"}) {
                Files.copy(EXAMPLE.resolve(file), directory.resolve(file));
            }
            installed = run("npm", "install", "--no-audit", "--no-fund").code() == 0;
        } catch (IOException absent) {
            installed = false;
        }
        assumeTrue(installed, "npm is absent, or can't install the client");
    }

    @Test
    void nodeClient_registersReportsWatchesAndDeregisters() throws Exception {
        install();

        var ended = run("node", "orders.js", registry.address());

        assertThat(ended.output()).isEqualTo("""
                registered, passing: none
                watch woken: 1 passing, index grew: true
                check: service:orders-node-1 warning slow
                in maintenance, passing: none
                after it, passing: 10.0.0.5:8080
                deregistered, services: gone
                """);
        assertThat(ended.code()).isZero();
    }

    @Test
    void restart_keepsInstancesAndIndexes() throws Exception {
        long before;
        try (var consul = new ConsulClient(registry.address())) {
            consul.put(
                    "/v1/agent/service/register",
                    "{\"ID\":\"stay-1\",\"Name\":\"stay\",\"Port\":80,\"Check\":{\"TTL\":\"60s\"}}");
            consul.put("/v1/agent/check/pass/service:stay-1?note=fine");
            before = consul.get("/v1/health/service/stay").index();
        }
        registry.close();
        registry = RunningRegistry.start(directory.resolve("registry"), port, List.of());

        try (var consul = new ConsulClient(registry.address())) {
            var waiting = consul.getLater("/v1/health/service/stay?index=" + before + "&wait=60s");
            var entry = consul.get("/v1/health/service/stay?passing");
            assertThat(entry.json()).hasSize(1);
            assertThat(entry.json().at("/0/Checks/0/Output").asString()).isEqualTo("fine");
            assertThat(entry.index()).isGreaterThanOrEqualTo(before);
            assertThat(waiting).isNotDone();

            assertThat(consul.put("/v1/agent/check/pass/service:stay-1?note=fine")
                            .status())
                    .isEqualTo(200);
            assertThat(waiting).isNotDone();
            assertThat(consul.put("/v1/agent/service/deregister/stay-1").status())
                    .isEqualTo(200);
            var woken = waiting.get(20, TimeUnit.SECONDS);
            assertThat(woken.text()).isEqualTo("[]");
            assertThat(woken.index()).isGreaterThan(before);
        }
    }
}
