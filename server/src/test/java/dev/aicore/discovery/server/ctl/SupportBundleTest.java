package dev.aicore.discovery.server.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.settings.SettingsListing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.ConfigurableEnvironment;

/** Support bundle of a registry whose settings, log and API have secrets. */
@Tag("integration")
class SupportBundleTest {

    private static final String JWT_SECRET = "a-secret-of-the-test-that-nobody-may-see";
    private static final String ACCESS_TOKEN = "axon-token-of-the-test";
    private static final String REDIS_PASSWORD = "redis-password-of-the-test";

    @TempDir
    static Path directory;

    private static CtlServer server;

    @BeforeAll
    static void start() {
        server = CtlServer.start(
                directory.resolve("data"),
                "--service-discovery.auth.jwt.secret=" + JWT_SECRET,
                "--service-discovery.axon-server.access-token=" + ACCESS_TOKEN);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void bundle_hasAllPartsAndNoSecret() throws IOException {
        var secrets = new ArrayList<String>(List.of(JWT_SECRET, ACCESS_TOKEN, REDIS_PASSWORD));
        secrets.addAll(new SettingsListing(server.bean(ConfigurableEnvironment.class)).secrets());
        var key = server.send(
                        server.base(),
                        "POST",
                        "/api/v1/admin/api-keys",
                        "{\"principal\":\"orders\",\"role\":\"viewer\",\"description\":\"test\"}")
                .body()
                .at("/data/key")
                .asString();
        secrets.add(key.substring(key.lastIndexOf('_') + 1));
        var log = LoggerFactory.getLogger("dev.aicore.discovery.test");
        log.warn("The key {} and the secret {} were logged.", key, JWT_SECRET);
        log.warn("Connecting to redis://cache:{}@cache:6379 failed.", REDIS_PASSWORD);
        var file = directory.resolve("bundle.zip");

        var done = server.ctl("support-bundle", file.toString()).ok();

        var parts = parts(file);
        assertThat(done.out()).contains("bundle.zip: status.json, versions.txt, settings.yaml");
        assertThat(parts)
                .containsOnlyKeys(
                        "status.json", "versions.txt", "settings.yaml", "metrics.txt", "threads.txt", "log.txt");
        assertThat(parts.get("status.json")).contains("\"ready\"");
        assertThat(parts.get("versions.txt")).contains("java: ", "postgres: ", "registry: ");
        assertThat(parts.get("settings.yaml")).contains("auth.jwt.secret: \"***\"", "server.port: 0");
        assertThat(parts.get("metrics.txt")).contains("service_discovery_");
        assertThat(parts.get("threads.txt")).contains("\"diagnostics\"", "    at ");
        assertThat(parts.get("log.txt")).contains("The key sd_", "were logged", "://cache:***@cache:6379");
        parts.forEach((name, text) -> assertThat(text).as(name).doesNotContain(secrets));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    private static Map<String, String> parts(Path file) throws IOException {
        var parts = new LinkedHashMap<String, String>();
        try (var zip = new ZipFile(file.toFile())) {
            for (var entry : zip.stream().toList()) {
                parts.put(
                        entry.getName(), new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return parts;
    }
}
