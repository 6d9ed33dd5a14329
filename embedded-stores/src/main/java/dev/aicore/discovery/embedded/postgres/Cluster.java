package dev.aicore.discovery.embedded.postgres;

import dev.aicore.discovery.config.time.IdGenerator;
import dev.aicore.discovery.embedded.postgres.PostgresStartException.IncompatibleDataDirectoryException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Manages the files of the embedded server under a data directory. Never deletes data. */
final class Cluster {

    static final String ROLE = "registry";
    static final String DATABASE = "registry";

    /** Maximum wait for the checkpoint of an orphaned server; the next start recovers unfinished work. */
    private static final int SHUTDOWN_TIMEOUT_SECONDS = 10;

    private static final Logger log = LoggerFactory.getLogger(Cluster.class);

    private final Path dataDir;
    private final PostgresBinaries postgresBinaries;
    private final PostgresPrograms postgresPrograms;

    Cluster(Path dataDir, PostgresBinaries postgresBinaries, PostgresPrograms postgresPrograms) {
        this.dataDir = dataDir;
        this.postgresBinaries = postgresBinaries;
        this.postgresPrograms = postgresPrograms;
    }

    Path directory() {
        return dataDir.resolve("postgres");
    }

    Path log() {
        return dataDir.resolve("postgres.log");
    }

    /**
     * Creates the files at the first start. At later starts checks their version and stops an orphaned server.
     *
     * @return password of the role
     */
    String prepare() throws IOException, InterruptedException {
        if (Files.exists(directory())) {
            checkVersion();
            stopOrphan();
            postgresPrograms.transferOwnership(directory());
            return existingPassword();
        }
        String password = password();
        initialize(password);
        return password;
    }

    private void checkVersion() throws IOException {
        Path file = directory().resolve("PG_VERSION");
        String found = Files.exists(file) ? Files.readString(file).strip() : "(no PG_VERSION)";
        if (!found.equals(postgresBinaries.major())) {
            throw new IncompatibleDataDirectoryException(directory(), found, postgresBinaries.major());
        }
    }

    /**
     * Stops a server that a killed registry left running. It belongs to this registry, which holds the lock. Its
     * committed data stays, and it is started again as a supervised child with the current options. A server that is
     * recovering from its own crash may not react to a fast shutdown, so after a short wait it is stopped immediately.
     */
    private void stopOrphan() throws IOException, InterruptedException {
        Optional<ProcessHandle> alive = PidFile.read(directory())
                .flatMap(file -> ProcessHandle.of(file.pid()))
                .filter(ProcessHandle::isAlive);
        if (alive.isEmpty()) {
            return;
        }
        if (!isServer(alive.get())) {
            log.warn(
                    "postmaster.pid names process {}, which isn't the registry's PostgreSQL; the file is stale",
                    alive.get().pid());
            PidFile.clearPid(directory());
            return;
        }
        log.warn(
                "An earlier PostgreSQL still runs on {} (process {}); stopping it first",
                directory(),
                alive.get().pid());
        try {
            stop("fast", SHUTDOWN_TIMEOUT_SECONDS);
        } catch (PostgresStartException deaf) {
            log.warn("{} Stopping PostgreSQL in immediate mode", deaf.getMessage());
            stop("immediate", 60);
        }
    }

    /** Stops the server that runs on these files, and waits for its end. */
    private void stop(String mode, int seconds) throws InterruptedException {
        postgresPrograms.run(
                "pg_ctl",
                List.of("stop", "-D", directory().toString(), "-m", mode, "-w", "-t", "" + seconds),
                dataDir,
                "");
    }

    private boolean isServer(ProcessHandle process) {
        // The command of another user's process may be hidden.
        String command = process.info().command().orElse("postgres");
        List<String> arguments = List.of(process.info().arguments().orElse(new String[0]));
        int option = arguments.indexOf("-D");
        return command.endsWith("postgres")
                && option >= 0
                && option + 1 < arguments.size()
                && arguments.get(option + 1).equals(directory().toString());
    }

    /**
     * Initializes the cluster in a temporary directory and renames it when it is complete, so that an existing cluster
     * is always complete.
     */
    private void initialize(String password) throws IOException, InterruptedException {
        Path partial = dataDir.resolve("postgres.partial");
        if (Files.exists(partial)) {
            try (Stream<Path> files = Files.walk(partial)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        log.info("Creating a PostgreSQL {} data directory in {}", postgresBinaries.major(), directory());
        Files.createDirectory(
                partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        postgresPrograms.transferOwnership(partial);
        Path shown = passwordFile().resolveSibling("postgres.password.initdb");
        writePrivately(shown, password);
        postgresPrograms.transferOwnership(shown);
        postgresPrograms.run(
                "initdb",
                List.of(
                        "-D",
                        partial.toString(),
                        "-U",
                        "postgres",
                        "--pwfile=" + shown,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--sync-method=" + PostgresPrograms.syncMethod(),
                        "--no-instructions"),
                dataDir,
                "");
        Files.delete(shown);
        postgresPrograms.run(
                "postgres",
                List.of(
                        "--single",
                        "-D",
                        partial.toString(),
                        "-c",
                        "log_statement=none",
                        "-c",
                        "exit_on_error=on",
                        "postgres"),
                dataDir,
                BootstrapScript.statements(password));
        Files.move(partial, directory(), StandardCopyOption.ATOMIC_MOVE);
    }

    private String existingPassword() throws IOException {
        if (!Files.exists(passwordFile())) {
            throw new PostgresStartException("The data directory " + directory() + " exists, but its password file "
                    + passwordFile() + " is missing: restore the file");
        }
        return Files.readString(passwordFile()).strip();
    }

    /** Returns the password of an earlier, interrupted start, or a new one. */
    private String password() throws IOException {
        if (Files.exists(passwordFile())) {
            return existingPassword();
        }
        IdGenerator idGenerator = IdGenerator.random();
        String password = (idGenerator.next().toString() + idGenerator.next()).replace("-", "");
        Path partial = dataDir.resolve("postgres.password.partial");
        writePrivately(partial, password);
        Files.move(partial, passwordFile(), StandardCopyOption.ATOMIC_MOVE);
        return password;
    }

    private static void writePrivately(Path file, String password) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, password + "\n");
    }

    private Path passwordFile() {
        return dataDir.resolve("postgres.password");
    }

    /**
     * Reads the SQL script that runs once on a new server, one statement per line: it creates a role without access to
     * files and programs, and its database.
     */
    static final class BootstrapScript {

        private BootstrapScript() {}

        /** @param password hexadecimal, so that it needs no quoting */
        static String statements(String password) {
            try (InputStream script =
                    Objects.requireNonNull(BootstrapScript.class.getResourceAsStream("bootstrap.sql"))) {
                return new String(script.readAllBytes(), StandardCharsets.UTF_8).replace("{password}", password);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }
}
