package dev.aicore.discovery.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.embedded.process.PortAllocator;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class RedisServerTest {

    @TempDir
    Path data;

    private final List<RedisServer> servers = new ArrayList<>();

    @AfterEach
    void closeServers() {
        servers.forEach(RedisServer::close);
    }

    @Test
    void server_isPersistentAndRequiresPassword() throws Exception {
        RedisServer server = start();

        assertThat(ask(server, redis -> redis.configGet("appendonly").toString()))
                .isEqualTo("{appendonly=yes}");
        assertThat(ask(server, redis -> redis.configGet("bind").toString())).isEqualTo("{bind=127.0.0.1}");
        assertThat(permissions("redis")).isEqualTo("rwx------");
        assertThat(permissions("redis/redis.conf")).isEqualTo("rw-------");
        assertThatExceptionOfType(RedisException.class)
                .isThrownBy(() -> ask("redis://127.0.0.1:" + server.port(), RedisCommands::ping));
        assertThat(server.url()).matches("redis://:[0-9a-f]{64}@127\\.0\\.0\\.1:" + server.port());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void server_hidesPasswordFromCommandLineAndRunsInOwnSession() throws Exception {
        RedisServer server = start();
        Path process = Path.of("/proc", Long.toString(server.pid()));

        String password =
                server.url().substring("redis://:".length(), server.url().indexOf('@'));
        assertThat(Files.readString(process.resolve("cmdline")))
                .contains("redis.conf")
                .doesNotContain(password);
        assertThat(Files.readString(process.resolve("stat")).split(" ", -1)[5])
                .as("session")
                .isEqualTo(Long.toString(server.pid()));
    }

    @Test
    void restart_preservesKeysAndChangesPassword() {
        RedisServer first = start();
        ask(first, redis -> redis.set("kept", "42"));
        first.close();
        assertThat(ProcessHandle.of(first.pid())).isNotPresent();

        RedisServer second = start();
        assertThat(ask(second, redis -> redis.get("kept"))).isEqualTo("42");
        assertThat(second.port()).isEqualTo(first.port());
        assertThat(second.url()).isNotEqualTo(first.url());
    }

    @Test
    void killedServer_isRestartedOnSamePort() {
        RedisServer server = start();
        String url = server.url();
        for (int kill = 1; kill <= 2; kill++) {
            ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();
            int expected = kill;
            await().atMost(Duration.ofSeconds(60)).until(() -> server.restarts() == expected);
            assertThat(server.url()).isEqualTo(url);
            assertThat(ask(server, RedisCommands::ping)).isEqualTo("PONG");
        }
    }

    @Test
    void orphanedServer_ofKilledRegistry_isReplaced() throws Exception {
        Process registry = ChildRedisProcess.start(data);
        long left = ChildRedisProcess.awaitPid(registry);
        registry.destroyForcibly().waitFor();
        assertThat(ProcessHandle.of(left)).isPresent();

        RedisServer server = start();
        assertThat(server.pid()).isNotEqualTo(left);
        assertThat(ProcessHandle.of(left)).isEmpty();
        assertThat(ask(server, RedisCommands::ping)).isEqualTo("PONG");
    }

    @Test
    void registryExit_stopsServer() throws Exception {
        Process registry = ChildRedisProcess.start(data);
        long pid = ChildRedisProcess.awaitPid(registry);
        registry.getOutputStream().close();
        assertThat(registry.waitFor(60, TimeUnit.SECONDS)).isTrue();
        await().until(() -> ProcessHandle.of(pid).isEmpty());
    }

    @Test
    void stalePidFile_withReusedPid_isIgnored() throws Exception {
        start().close();
        Process stranger = new ProcessBuilder("cat").start();
        Files.writeString(data.resolve("redis/redis.pid"), stranger.pid() + "\n");

        assertThat(ask(start(), RedisCommands::ping)).isEqualTo("PONG");
        assertThat(stranger.isAlive()).isTrue();
        stranger.destroy();
    }

    @Test
    void occupiedPort_isSkipped() throws Exception {
        Path directory = data.toRealPath().resolve("redis");
        try (var taken = new ServerSocket(PortAllocator.preferred(directory, 0), 1, InetAddress.getLoopbackAddress())) {
            RedisServer server = start();
            assertThat(server.port()).isNotEqualTo(taken.getLocalPort());
            assertThat(ask(server, RedisCommands::ping)).isEqualTo("PONG");
        }
    }

    private RedisServer start() {
        RedisServer server = RedisServer.start(data);
        servers.add(server);
        return server;
    }

    private String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(file)));
    }

    private static String ask(RedisServer server, Function<RedisCommands<String, String>, String> question) {
        return ask(server.url(), question);
    }

    private static String ask(String url, Function<RedisCommands<String, String>, String> question) {
        try (RedisClient client = RedisClient.create(url);
                StatefulRedisConnection<String, String> connection = client.connect()) {
            return question.apply(connection.sync());
        }
    }
}
