package dev.aicore.discovery.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs several launchers that build in one checkout, with and without {@code flock} on the machine. */
@DisabledOnOs(OS.WINDOWS)
class LauncherLockTest {

    /** Reads and increments a counter without a lock of its own: one of two concurrent increments would be lost. */
    private static final String COUNT = """
            set -eu
            . "$1/build.sh"
            nap() { sleep 0.01; }
            for turn in 1 2 3 4 5; do
              lock "$2/lock" 2>/dev/null
              count=$(cat "$2/count")
              sleep 0.02
              echo $((count + 1)) >"$2/count"
              unlock
            done
            """;

    @TempDir
    Path directory;

    private final List<Process> launchers = new ArrayList<>();

    @BeforeEach
    void resetCounter() throws IOException {
        Files.writeString(directory.resolve("count"), "0\n");
    }

    @Test
    void lock_withFlock_isExclusive() throws Exception {
        assertCounted(System.getenv("PATH"));
    }

    @Test
    void lock_withoutFlock_isExclusive() throws Exception {
        assertCounted(pathWithoutFlock());
    }

    @Test
    void lock_ofKilledHolder_withoutFlock_isReleased() throws Exception {
        var path = pathWithoutFlock();
        var holder = shell(path, ". \"$1/build.sh\"; lock \"$2/lock\"; echo held; read -r never");
        assertThat(holder.inputReader().readLine()).isEqualTo("held");
        holder.destroyForcibly().waitFor();
        assertThat(Files.isSymbolicLink(directory.resolve("lock.pid"))).isTrue();

        assertCounted(path);
        assertThat(Files.isSymbolicLink(directory.resolve("lock.pid"))).isFalse();
    }

    /** Ends all launchers, including those that would wait indefinitely. */
    @AfterEach
    void endAll() {
        launchers.forEach(Process::destroyForcibly);
    }

    private void assertCounted(String path) throws Exception {
        List<Process> counting = new ArrayList<>();
        for (int launcher = 0; launcher < 4; launcher++) {
            counting.add(shell(path, COUNT));
        }
        for (var launcher : counting) {
            assertThat(launcher.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(launcher.exitValue()).isZero();
        }
        assertThat(Files.readString(directory.resolve("count"))).isEqualTo("20\n");
    }

    /** Returns a path with only the programs that the lock uses. */
    private String pathWithoutFlock() throws IOException {
        var programs = Files.createDirectories(directory.resolve("bin"));
        for (var program : List.of("cat", "sleep", "ln", "readlink", "rm", "mkdir", "rmdir")) {
            var file = programs.resolve(program);
            Files.writeString(file, "#!/bin/sh\nexec " + onPath(program) + " \"$@\"\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        }
        return programs.toString();
    }

    private static Path onPath(String program) {
        for (var place : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(place, program))) {
                return Path.of(place, program);
            }
        }
        throw new AssertionError("no " + program);
    }

    private Process shell(String path, String script) throws IOException {
        var parts = Path.of("..", "scripts", "launcher").toRealPath().toString();
        var builder = new ProcessBuilder(onPath("sh").toString(), "-c", script, "sh", parts, directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("PATH", path);
        var launcher = builder.start();
        launchers.add(launcher);
        return launcher;
    }
}
