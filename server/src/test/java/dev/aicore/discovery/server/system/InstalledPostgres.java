package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * PostgreSQL of the machine on a directory of its own, with the backup tools of the same version. A test is skipped if
 * none is installed.
 */
final class InstalledPostgres implements AutoCloseable {

    private static final String ROLE = "postgres";
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final Duration LONGEST_START = Duration.ofMinutes(3);

    private final Path programs;
    private final int port;
    private final Process server;

    private InstalledPostgres(Path programs, int port, Process server) {
        this.programs = programs;
        this.port = port;
        this.server = server;
    }

    /** Starts a server on an empty directory. */
    static InstalledPostgres startEmpty(Path directory) throws IOException {
        var programs = programs();
        run(unprivileged(
                programs.resolve("initdb").toString(), "-D", directory.toString(), "-U", ROLE, "--auth=trust", "-N"));
        return start(programs, directory);
    }

    /** Starts a server on the directory of a base backup. */
    static InstalledPostgres startOn(Path directory) throws IOException {
        return start(programs(), directory);
    }

    private static InstalledPostgres start(Path programs, Path directory) throws IOException {
        int port = RunningRegistry.freePort();
        var log = directory.resolveSibling(directory.getFileName() + ".log").toFile();
        var server = new ProcessBuilder(unprivileged(
                        programs.resolve("postgres").toString(),
                        "-D",
                        directory.toString(),
                        "-p",
                        "" + port,
                        "-k",
                        "",
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "fsync=off"))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log))
                .start();
        var started = new InstalledPostgres(programs, port, server);
        await().atMost(LONGEST_START).until(() -> !server.isAlive() || started.isReady());
        assertThat(server.isAlive()).as(Files.readString(log.toPath())).isTrue();
        return started;
    }

    /** Returns the URL of a database, for the registry. */
    String url(String database) {
        return "postgresql://" + ROLE + "@127.0.0.1:" + port + "/" + database;
    }

    /** Runs a tool of PostgreSQL against this server, as the user of the tests. */
    void tool(String name, String... arguments) throws IOException {
        var command = new ArrayList<>(
                List.of(programs.resolve(name).toString(), "-h", "127.0.0.1", "-p", "" + port, "-U", ROLE));
        command.addAll(List.of(arguments));
        run(command);
    }

    /** Returns the number in the first column of the first row. */
    long number(String database, String query) {
        try (var connection =
                        DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, ROLE, "");
                var select = connection.createStatement();
                var row = select.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isReady() throws IOException, InterruptedException {
        return new ProcessBuilder(programs.resolve("pg_isready").toString(), "-q", "-h", "127.0.0.1", "-p", "" + port)
                        .start()
                        .waitFor()
                == 0;
    }

    /** Returns the directory with the programs of the latest version. */
    private static Path programs() throws IOException {
        Assumptions.assumeTrue(
                Files.isDirectory(VERSIONS),
                "PostgreSQL isn't installed: './registry --install --test-programs' installs it");
        try (var versions = Files.list(VERSIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparing(Path::toString))
                    .orElseThrow();
        }
    }

    /** Returns a command that doesn't run as root, which PostgreSQL refuses. */
    private static List<String> unprivileged(String... command) {
        var words = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) {
            words.addAll(List.of("unshare", "--user"));
        }
        words.addAll(List.of(command));
        return words;
    }

    private static void run(List<String> command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(command + "\n" + output).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        // SIGINT requests a fast shutdown, SIGTERM would wait for clients.
        ProcessSignals.send("INT", server.pid());
        server.onExit().join();
    }
}
