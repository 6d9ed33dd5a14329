package dev.aicore.discovery.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs the registry as root, as in most containers. */
@Tag("integration")
@EnabledOnOs(OS.LINUX)
class ServerUserTest {

    /** CAP_DAC_READ_SEARCH and CAP_DAC_OVERRIDE as bits. */
    private static final long READ_SEARCH = 1 << 2;

    private static final long OVERRIDE = 1 << 1;

    @TempDir
    Path temporary;

    private Path data = Path.of("");

    @BeforeEach
    void openDirectoryToAllUsers() throws IOException {
        permit("rwx--x--x");
        data = temporary.resolve("data");
    }

    @AfterEach
    void closeDirectory() throws IOException {
        permit("rwx------");
    }

    @Test
    void rootRegistry_runsPostgresAsUnprivilegedUser() throws Exception {
        assumeTrue(ServerUser.isRoot());
        try (var server = PostgresServer.start(data)) {
            var status = status(server);
            assertThat(status.get("Uid")).doesNotMatch(".*\\b0\\b.*");
            assertThat(status.get("Gid")).doesNotMatch(".*\\b0\\b.*");
            assertThat(status.get("CapEff")).isEqualTo("0000000000000000");
            assertThat(status.get("NoNewPrivs")).isEqualTo("1");
        }
        assertThat(owners(data.resolve("postgres"))).containsExactly("nobody");
        assertThat(Files.getOwner(data.resolve("postgres.password")).getName()).isEqualTo("root");
        assertThat(data.resolve("postgres.password.initdb")).doesNotExist();
    }

    @Test
    void dataBelowPrivateDirectory_isReachedWithOneCapability() throws Exception {
        assumeTrue(ServerUser.isRoot());
        permit("rwx------");
        try (var server = PostgresServer.start(data)) {
            var status = status(server);
            assertThat(status.get("Uid")).doesNotMatch(".*\\b0\\b.*");
            // Containers usually have only the stronger capability.
            var own = Long.parseLong(status("self").get("CapEff"), 16);
            assertThat(Long.parseLong(status.get("CapEff"), 16))
                    .as("effective capabilities")
                    .isEqualTo((own & READ_SEARCH) != 0 ? READ_SEARCH : OVERRIDE);
        }
    }

    @Test
    void dataOwnedByRoot_isTakenOverWithRows() throws Exception {
        assumeTrue(ServerUser.isRoot());
        try (var server = PostgresServer.start(data);
                var connection = DriverManager.getConnection(server.jdbcUrl(), server.username(), server.password());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept AS SELECT 42 AS answer");
        }
        try (Stream<Path> files = Files.walk(data.resolve("postgres"))) {
            var root = Files.getOwner(Path.of("/"));
            for (Path file : files.toList()) {
                Files.setOwner(file, root);
            }
        }

        try (var server = PostgresServer.start(data);
                var connection = DriverManager.getConnection(server.jdbcUrl(), server.username(), server.password());
                var rows = connection.createStatement().executeQuery("SELECT answer FROM kept")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(42);
        }
        assertThat(owners(data.resolve("postgres"))).containsExactly("nobody");
    }

    @Test
    void dataOwnedByOtherUser_keepsOwner() throws Exception {
        assumeTrue(ServerUser.isRoot());
        PostgresServer.start(data).close();
        var other = data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("daemon");
        new ServerUser(List.of(), other).transferOwnership(data.resolve("postgres"));

        PostgresServer.start(data).close();
        assertThat(owners(data.resolve("postgres"))).containsExactly("daemon");
    }

    @Test
    void serverUser_ifNoMethodWorks_failsWithOneLine() throws Exception {
        Files.createDirectory(data);
        var impossible = List.of(
                new ServerUser(
                        List.of("sh", "-c", "echo setpriv: setresuid failed: Operation not permitted; exit 1"), null),
                new ServerUser(
                        List.of("sh", "-c", "echo unshare: unshare failed: Operation not permitted; exit 1"), null),
                new ServerUser(List.of(temporary.resolve("missing").toString()), null));
        assertThatExceptionOfType(PostgresStartException.class)
                .isThrownBy(() -> ServerUser.firstThatRuns(impossible, data, Path.of("true")))
                .withMessage(
                        "PostgreSQL doesn't run as root, and this system lets root run it neither as another user nor in a"
                                + " user namespace (setpriv: setresuid failed: Operation not permitted; unshare: unshare failed:"
                                + " Operation not permitted; " + temporary.resolve("missing")
                                + " can't be run): run the registry as"
                                + " another user, or give it a --database-url");
    }

    private void permit(String permissions) throws IOException {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString(permissions));
    }

    private static Map<String, String> status(PostgresServer server) throws IOException {
        return status(Long.toString(server.pid()));
    }

    private static Map<String, String> status(String process) throws IOException {
        return Files.readAllLines(Path.of("/proc", process, "status")).stream()
                .map(line -> line.split(":\\s*", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1].strip()));
    }

    private static List<String> owners(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            return files.map(ServerUserTest::owner).distinct().toList();
        }
    }

    private static String owner(Path file) {
        try {
            return Files.getOwner(file).getName();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
