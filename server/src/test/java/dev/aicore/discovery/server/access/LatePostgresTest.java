package dev.aicore.discovery.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.config.testing.TcpProxy;
import dev.aicore.discovery.config.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Starts a server before its PostgreSQL accepts connections. */
@Tag("integration")
@ExtendWith(OutputCaptureExtension.class)
class LatePostgresTest {

    @RegisterExtension
    static final TestPostgres POSTGRES = new TestPostgres();

    @TempDir
    Path directory;

    @Test
    void latePostgres_isAwaited(CapturedOutput output) throws IOException {
        try (var proxy = TcpProxy.to(POSTGRES.port())) {
            proxy.cut();
            var starting = CompletableFuture.supplyAsync(() -> AuthenticatedServer.start(
                    directory.resolve("data"),
                    "--service-discovery.database.postgres.url=postgresql://%s:%s@127.0.0.1:%d/%s"
                            .formatted(POSTGRES.user(), POSTGRES.password(), proxy.port(), POSTGRES.database()),
                    "--service-discovery.database.postgres.startup-timeout=5m"));
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> output.getAll().contains("Waiting for PostgreSQL, at most 300 s: "));
            proxy.restore();

            try (var server = starting.join()) {
                assertThat(server.send("GET", "/health", null, null).status()).isEqualTo(200);
            }
        }
    }
}
