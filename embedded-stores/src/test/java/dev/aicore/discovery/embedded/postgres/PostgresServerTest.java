package dev.aicore.discovery.embedded.postgres;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.embedded.postgres.PostgresStartException.DataDirectoryInUseException;
import dev.aicore.discovery.embedded.postgres.PostgresStartException.IncompatibleDataDirectoryException;
import dev.aicore.discovery.embedded.process.PortAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class PostgresServerTest {

    /** Data directory of a first start, which takes seconds; each test works on a copy. */
    @TempDir
    static Path template;

    @TempDir
    Path temporary;

    private final List<PostgresServer> servers = new ArrayList<>();

    @BeforeAll
    static void startOnce() {
        PostgresServer.start(template).close();
    }

    @BeforeEach
    void copyTemplate() throws IOException {
        try (Stream<Path> files = Files.walk(template)) {
            for (Path file : files.toList()) {
                Files.copy(file, data().resolve(template.relativize(file).toString()), COPY_ATTRIBUTES);
            }
        }
    }

    @AfterEach
    void closeServers() {
        servers.forEach(PostgresServer::close);
    }

    @Test
    void server_isDurableAndRequiresPassword() throws Exception {
        PostgresServer server = start();
        assertThat(show(server, "fsync")).isEqualTo("on");
        assertThat(show(server, "full_page_writes")).isEqualTo("on");
        assertThat(show(server, "synchronous_commit")).isEqualTo("on");
        assertThat(show(server, "listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(show(server, "data_checksums")).isEqualTo("on");
        assertThat(text(server, "SELECT rolsuper::text FROM pg_roles WHERE rolname = current_user"))
                .isEqualTo("false");
        assertThat(permissions("postgres")).isEqualTo("rwx------");
        assertThat(permissions("postgres.password")).isEqualTo("rw-------");
        assertThat(server.url())
                .isEqualTo("postgresql://registry:" + server.password() + "@127.0.0.1:" + server.port() + "/registry");

        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), "registry", "wrong"))
                .withMessageContaining("password authentication failed");
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), "postgres", ""));
    }

    @Test
    void restart_preservesRowsPasswordAndPort() throws Exception {
        PostgresServer first = start();
        execute(first, "CREATE TABLE kept AS SELECT 42 AS answer");
        String password = first.password();
        first.close();
        assertThat(ProcessHandle.of(first.pid())).isNotPresent();

        PostgresServer second = start();
        assertThat(text(second, "SELECT answer FROM kept")).isEqualTo("42");
        assertThat(second.password()).isEqualTo(password);
        assertThat(second.port()).isEqualTo(first.port());
    }

    @Test
    void killedServer_isRestartedOnSamePortWithRows() throws Exception {
        PostgresServer server = start();
        execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");
        int port = server.port();
        for (int kill = 1; kill <= 2; kill++) {
            ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();
            int expected = kill;
            await().atMost(Duration.ofSeconds(60)).until(() -> server.restarts() == expected);
            assertThat(server.port()).isEqualTo(port);
            assertThat(text(server, "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void orphanedServer_ofKilledRegistry_isReplaced() throws Exception {
        Process registry = ChildRegistryProcess.start(data());
        long left = ChildRegistryProcess.awaitPid(registry);
        registry.destroyForcibly().waitFor();
        assertThat(ProcessHandle.of(left)).isPresent();

        PostgresServer server = start();
        assertThat(server.pid()).isNotEqualTo(left);
        // The server has stopped accepting connections, but its process may need a moment to end.
        await().until(() -> ProcessHandle.of(left).isEmpty());
        assertThat(text(server, "SELECT 'alive'")).isEqualTo("alive");
    }

    /** Leaves a server that can't stop, as one in the middle of its recovery from a crash. */
    @Test
    void startup_withUnresponsiveOrphanedServer_succeeds() throws Exception {
        Process registry = ChildRegistryProcess.start(data());
        long left = ChildRegistryProcess.awaitPid(registry);
        registry.destroyForcibly().waitFor();
        for (ProcessHandle child :
                ProcessHandle.of(left).orElseThrow().children().toList()) {
            new ProcessBuilder("sh", "-c", "kill -STOP " + child.pid()).start().waitFor();
        }

        assertThat(text(start(), "SELECT 'alive'")).isEqualTo("alive");
    }

    @Test
    void registryExit_stopsServerCleanly() throws Exception {
        Process registry = ChildRegistryProcess.start(data());
        long pid = ChildRegistryProcess.awaitPid(registry);
        registry.getOutputStream().close();
        assertThat(registry.waitFor(60, TimeUnit.SECONDS)).isTrue();
        await().until(() -> ProcessHandle.of(pid).isEmpty());
        assertThat(data().resolve("postgres/postmaster.pid")).doesNotExist();
        assertThat(Files.readString(data().resolve("postgres.log"))).contains("database system is shut down");
    }

    /**
     * Verifies that the server has its own session: a terminal sends its signals to all processes of a session, and
     * only the registry should receive them.
     */
    @Test
    @EnabledOnOs(OS.LINUX)
    void server_runsInOwnSession() throws Exception {
        PostgresServer server = start();
        String[] state = Files.readString(Path.of("/proc", Long.toString(server.pid()), "stat"))
                .split(" ", -1);
        assertThat(state[5]).as("session").isEqualTo(Long.toString(server.pid()));
    }

    @Test
    void secondRegistry_onSameDataDirectory_isRefused() throws Exception {
        Process registry = ChildRegistryProcess.start(data());
        ChildRegistryProcess.awaitPid(registry);
        assertThatExceptionOfType(DataDirectoryInUseException.class)
                .isThrownBy(this::start)
                .withMessageContaining("in use by process " + registry.pid())
                .withMessageContaining(
                        "this is process " + ProcessHandle.current().pid());
        registry.getOutputStream().close();
        registry.waitFor();

        PostgresServer server = start();
        assertThatExceptionOfType(DataDirectoryInUseException.class).isThrownBy(this::start);
        assertThat(text(server, "SELECT 'alive'")).isEqualTo("alive");
    }

    @Test
    void dataDirectory_ofOtherPostgresVersion_isRefusedUnchanged() throws Exception {
        Path version = data().resolve("postgres/PG_VERSION");
        Files.writeString(version, "17\n");
        assertThatExceptionOfType(IncompatibleDataDirectoryException.class)
                .isThrownBy(this::start)
                .withMessageContaining("was created by PostgreSQL 17, and this registry has PostgreSQL 18");
        Files.writeString(version, "18\n");
        assertThat(text(start(), "SELECT 'alive'")).isEqualTo("alive");
    }

    @Test
    void stalePidFile_withReusedPid_isIgnored() throws Exception {
        PostgresServer first = start();
        Path file = data().resolve("postgres/postmaster.pid");
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        first.close();
        Process stranger = new ProcessBuilder("cat").start();
        lines.set(0, Long.toString(stranger.pid()));
        Files.write(file, lines);

        assertThat(text(start(), "SELECT 'alive'")).isEqualTo("alive");
        assertThat(stranger.isAlive()).isTrue();
        stranger.destroy();
    }

    @Test
    void occupiedPort_isSkipped() throws Exception {
        try (var taken = new ServerSocket(
                PortAllocator.preferred(data().toRealPath(), 0), 1, InetAddress.getLoopbackAddress())) {
            PostgresServer server = start();
            assertThat(server.port()).isNotEqualTo(taken.getLocalPort());
            assertThat(text(server, "SELECT 'alive'")).isEqualTo("alive");
        }
    }

    private Path data() {
        return temporary.resolve("data");
    }

    private PostgresServer start() {
        PostgresServer server = PostgresServer.start(data());
        servers.add(server);
        return server;
    }

    private String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(data().resolve(file)));
    }

    private static String show(PostgresServer server, String setting) throws SQLException {
        return text(server, "SHOW " + setting);
    }

    private static String text(PostgresServer server, String query) throws SQLException {
        try (Connection connection = connect(server);
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(PostgresServer server, String statement) throws SQLException {
        try (Connection connection = connect(server);
                var created = connection.createStatement()) {
            created.execute(statement);
        }
    }

    private static Connection connect(PostgresServer server) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(), server.username(), server.password());
    }
}
