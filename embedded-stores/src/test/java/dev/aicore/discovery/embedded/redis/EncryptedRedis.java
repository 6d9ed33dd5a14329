package dev.aicore.discovery.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.settings.RedisSettings;
import dev.aicore.discovery.config.settings.RedisTlsSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Redis that accepts only TLS, and requires a password. */
public final class EncryptedRedis implements AutoCloseable {

    private static final String PASSWORD = "open-sesame-to-the-cache";

    private final Process process;
    private final int port;
    private final Path ca;

    /** @param ca issuer of its certificate */
    public EncryptedRedis(Path directory, int port, Path certificate, Path key, Path ca) throws IOException {
        this.port = port;
        this.ca = ca;
        this.process = new ProcessBuilder(
                        RedisBinary.unpackIfNeeded(directory).toString(),
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        "0",
                        "--tls-port",
                        Integer.toString(port),
                        "--tls-cert-file",
                        certificate.toString(),
                        "--tls-key-file",
                        key.toString(),
                        "--tls-ca-cert-file",
                        ca.toString(),
                        "--tls-auth-clients",
                        "no",
                        "--requirepass",
                        PASSWORD,
                        "--save",
                        "",
                        "--dir",
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("redis.log").toFile())
                .start();
        assertThat(process.isAlive()).isTrue();
    }

    public String url() {
        return "rediss://:" + PASSWORD + "@localhost:" + port;
    }

    public RedisSettings settings() {
        return new RedisSettings(url(), 0, "service_discovery:", 2, Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    public RedisTlsSettings tls() {
        return new RedisTlsSettings(ca);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
