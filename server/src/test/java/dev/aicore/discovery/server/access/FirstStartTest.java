package dev.aicore.discovery.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Starts a server as in a container without a configured secret. */
@Tag("integration")
@ExtendWith(OutputCaptureExtension.class)
class FirstStartTest {

    private static final String TOLD = "The key of the first admin, shown only once";
    private static final String[] CONTAINER = {
        "--service-discovery.auth.jwt.secret=", "--service-discovery.auth.generate-missing-secret=true"
    };

    @TempDir
    Path directory;

    @Test
    void firstStart_generatesSecretAndPrintsAdminKeyOnce(CapturedOutput output) throws IOException {
        var data = directory.resolve("data");
        String key;
        try (var server = AuthenticatedServer.start(data, CONTAINER)) {
            key = Files.readString(data.resolve("admin-key")).strip();
            assertThat(output.getOut().lines().filter(line -> line.startsWith(TOLD)))
                    .singleElement()
                    .asString()
                    .endsWith(key);
            assertThat(server.send("GET", "/api/v1/admin/api-keys", "ApiKey " + key, null)
                            .status())
                    .isEqualTo(200);
            assertThat(server.send("GET", "/api/v1/services", null, null).status())
                    .isEqualTo(401);
        }
        var secret = Files.readString(data.resolve("jwt-secret")).strip();
        assertThat(secret).matches("[0-9a-f]{64}");
        assertThat(output.getAll()).doesNotContain(secret);
        for (var file : new String[] {"jwt-secret", "admin-key"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(file))))
                    .as(file)
                    .isEqualTo("rw-------");
        }
        int told = output.getAll().length();
        try (var server = AuthenticatedServer.start(data, CONTAINER)) {
            assertThat(output.getAll().substring(told)).doesNotContain(TOLD, key);
            assertThat(server.send("GET", "/api/v1/admin/api-keys", "ApiKey " + key, null)
                            .status())
                    .isEqualTo(200);
        }
        assertThat(Files.readString(data.resolve("jwt-secret")).strip()).isEqualTo(secret);
    }
}
