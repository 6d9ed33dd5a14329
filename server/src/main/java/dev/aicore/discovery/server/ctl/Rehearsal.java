package dev.aicore.discovery.server.ctl;

import dev.aicore.discovery.config.settings.Settings;
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
 * A start, what callers ask all day, and a stop, on stores of its own that are thrown away. For whoever builds an image: a JVM that is told
 * to by {@code -XX:ArchiveClassesAtExit} keeps the classes that were needed, and those that are given its archive start in much less time.
 */
@Command(name = "rehearse", hidden = true, description = "Starts a registry, asks it once, and stops it.")
final class Rehearsal implements Callable<Integer> {

    private static final String SERVICES = "/api/v1/services";
    private static final String INSTANCE = SERVICES + "/rehearsed-1";

    private final Session session;

    Rehearsal(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Quiet.please();
        var directory = Files.createTempDirectory("registry-rehearsal");
        try (var context = ServiceDiscovery.application().run(settings(directory))) {
            var port = context.getEnvironment().getRequiredProperty("local.server.port");
            ask(new Api("http://127.0.0.1:" + port, Map.of()));
        } finally {
            FileSystemUtils.deleteRecursively(directory);
        }
        session.screen.out().println("Rehearsed.");
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
                .map(setting -> "--" + Settings.PREFIX + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
    }

    private static void ask(Api api) {
        var instance = Map.of("id", "rehearsed-1", "name", "rehearsed", "address", "10.0.0.1", "port", 8080);
        long position =
                api.send("POST", SERVICES, instance).at("/meta/position").asLong();
        api.get(INSTANCE + "?min_position=" + position);
        api.get("/api/v1/discover?service_name=rehearsed");
        api.send("POST", INSTANCE + "/heartbeat");
        api.send("POST", "/api/v1/heartbeats", Map.of("ids", List.of("rehearsed-1")));
        api.send("PATCH", INSTANCE, Map.of("weight", 7));
        api.get(SERVICES + "?service_name=rehearsed");
        api.get(INSTANCE + "/history");
        api.get("/api/v1/audit?limit=20");
        api.get("/api/v1/status");
        api.send("DELETE", INSTANCE);
    }
}
