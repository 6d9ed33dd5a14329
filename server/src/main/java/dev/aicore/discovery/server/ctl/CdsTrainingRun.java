package dev.aicore.discovery.server.ctl;

import dev.aicore.discovery.config.settings.SettingsBinder;
import dev.aicore.discovery.server.ServiceDiscovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;

/**
 * Starts a registry on temporary stores, sends typical requests, and stops it. Used to build images: a JVM that runs it
 * with {@code -XX:AOTCacheOutput} stores the loaded classes and method profiles (JEP 514, JEP 515). A JVM with that
 * cache starts faster and compiles hot methods earlier.
 */
@Command(
        name = "rehearse",
        hidden = true,
        description = "Starts a registry, sends requests to it for some seconds, and stops it.")
final class CdsTrainingRun implements Callable<Integer> {

    private static final String SERVICES = "/api/v1/services";
    private static final String INSTANCE = SERVICES + "/rehearsed-1";

    private static final int INSTANCES = 10;
    private static final int ROUNDS = 3_000;

    private final CtlContext ctlContext;

    CdsTrainingRun(CtlContext ctlContext) {
        this.ctlContext = ctlContext;
    }

    @Override
    public Integer call() throws IOException {
        LogSilencer.silence();
        var directory = Files.createTempDirectory("registry-training");
        try (var context = ServiceDiscovery.application().run(settings(directory))) {
            var port = context.getEnvironment().getRequiredProperty("local.server.port");
            sendRequests(new CtlHttpClient("http://127.0.0.1:" + port, Map.of()));
        } finally {
            FileSystemUtils.deleteRecursively(directory);
        }
        ctlContext.terminal.out().println("The training run is complete.");
        return 0;
    }

    private static String[] settings(Path directory) {
        return Map.of(
                        "data-dir", directory,
                        "environment", "development",
                        "server.host", "127.0.0.1",
                        "server.port", 0,
                        "monitoring.logging.level", "warn")
                .entrySet()
                .stream()
                .map(setting -> "--" + SettingsBinder.PREFIX + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
    }

    /** Sends the most frequent requests often enough to warm up the JVM, then each administrative request once. */
    private static void sendRequests(CtlHttpClient ctlHttpClient) {
        for (int i = 0; i < ROUNDS; i++) {
            var id = "rehearsed-" + i % INSTANCES;
            var body = Map.of("id", id, "name", "rehearsed", "address", "10.0.0.1", "port", 8080, "weight", i % 100);
            ctlHttpClient.send("POST", SERVICES, body);
            ctlHttpClient.send("POST", SERVICES + "/" + id + "/heartbeat");
            ctlHttpClient.send("PATCH", SERVICES + "/" + id, Map.of("weight", i % 100 + 1));
            ctlHttpClient.get("/api/v1/discover?service_name=rehearsed");
            ctlHttpClient.get("/api/v1/discover?service_name=rehearsed&limit=1");
        }
        var instance = Map.of("id", "rehearsed-1", "name", "rehearsed", "address", "10.0.0.1", "port", 8080);
        long position = ctlHttpClient
                .send("POST", SERVICES, instance)
                .at("/meta/position")
                .asLong();
        ctlHttpClient.get(INSTANCE + "?min_position=" + position);
        ctlHttpClient.get("/api/v1/discover?service_name=rehearsed");
        ctlHttpClient.send("POST", INSTANCE + "/heartbeat");
        ctlHttpClient.send("POST", "/api/v1/heartbeats", Map.of("ids", List.of("rehearsed-1")));
        ctlHttpClient.send("PATCH", INSTANCE, Map.of("weight", 7));
        ctlHttpClient.get(SERVICES + "?service_name=rehearsed");
        ctlHttpClient.get(INSTANCE + "/history");
        ctlHttpClient.get("/api/v1/audit?limit=20");
        ctlHttpClient.get("/api/v1/status");
        ctlHttpClient.send("DELETE", INSTANCE);
    }
}
