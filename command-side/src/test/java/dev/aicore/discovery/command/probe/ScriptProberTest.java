package dev.aicore.discovery.command.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.api.health.CheckFailure;
import dev.aicore.discovery.api.instance.HealthCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptProberTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private Path scripts;
    private Path ran;
    private final Probing probing = Probing.plain();

    @BeforeEach
    void open() throws IOException {
        scripts = Files.createDirectory(folder.resolve("scripts"));
        ran = folder.resolve("ran");
        probing.scripts(scripts);
    }

    @AfterEach
    void close() {
        probing.close();
    }

    @Test
    void theExitCodeDecides() throws Exception {
        write(scripts.resolve("fine"), "exit 0");
        write(scripts.resolve("ill"), "exit 3");
        assertThat(probing.probe(script("fine"))).isEqualTo(ProbeResult.pass("0"));
        assertThat(probing.probe(script("ill"))).isEqualTo(ProbeResult.fail(CheckFailure.SCRIPT_FAILED, "3"));
    }

    @Test
    void theInstanceIsToldByVariablesAlone() throws Exception {
        write(scripts.resolve("told"), "echo \"arguments: $#\" >" + ran, "env >>" + ran);
        assertThat(probing.probe(script("told")).passed()).isTrue();
        assertThat(Files.readAllLines(ran))
                .contains(
                        "arguments: 0", "INSTANCE_ID=web-1", "INSTANCE_ADDRESS=192.0.2.7; touch x", "INSTANCE_PORT=80")
                .allMatch(line -> line.matches("(arguments|INSTANCE_[A-Z]+|PATH|PWD|SHLVL|_|OLDPWD)[:=].*"));
        assertThat(scripts.resolve("x")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "../elsewhere/evil",
                "/bin/true",
                "evil/..",
                "a b",
                "-x",
                ".hidden",
                "a\nb",
                "missing",
                "folder",
                "link",
                "plain",
                "open"
            })
    void onlyFilesOfTheDirectoryAreRun(String name) throws Exception {
        var elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        write(elsewhere.resolve("evil"), "touch " + ran);
        write(scripts.resolve(".hidden"), "touch " + ran);
        Files.createDirectory(scripts.resolve("folder"));
        Files.createSymbolicLink(scripts.resolve("link"), elsewhere.resolve("evil"));
        write(scripts.resolve("plain"), "touch " + ran);
        permit(scripts.resolve("plain"), "rw-r--r--");
        write(scripts.resolve("open"), "touch " + ran);
        permit(scripts.resolve("open"), "rwxr-xrwx");
        assertThat(probing.probe(script(name)).failure()).isEqualTo(CheckFailure.DENIED);
        assertThat(ran).doesNotExist();
    }

    @Test
    void aLinkOutOfTheDirectoryIsNotFollowed() throws Exception {
        var elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        write(elsewhere.resolve("evil"), "touch " + ran);
        Files.createSymbolicLink(scripts.resolve("link"), elsewhere.resolve("evil"));
        assertThat(probing.probe(script("link"))).isEqualTo(ProbeResult.fail(CheckFailure.DENIED, "outside"));
        assertThat(ran).doesNotExist();
    }

    @Test
    void aDirectoryThatOthersWriteIsNoDirectory() throws Exception {
        write(scripts.resolve("fine"), "touch " + ran);
        permit(scripts, "rwxrwxrwx");
        assertThat(probing.probe(script("fine")))
                .isEqualTo(ProbeResult.fail(CheckFailure.DENIED, "writable by others"));
        assertThat(ran).doesNotExist();
    }

    @Test
    void withoutADirectoryNothingRuns() throws Exception {
        try (var off = Probing.plain()) {
            assertThat(off.probe(script("fine"))).isEqualTo(ProbeResult.fail(CheckFailure.DENIED, "scripts are off"));
        }
    }

    @Test
    void whatItPrintsDoesNotMatter() throws Exception {
        write(scripts.resolve("loud"), "head -c 10000000 /dev/zero", "head -c 10000000 /dev/zero >&2");
        assertThat(probing.probe(script("loud")).passed()).isTrue();
    }

    @Test
    void whoseTimeIsOverIsKilledWithItsChildren() throws Exception {
        write(
                scripts.resolve("slow"),
                "(sleep 600 & echo $! >>" + ran + "; wait) &",
                "sleep 600 &",
                "echo $! >>" + ran,
                "echo $$ >>" + ran,
                "echo ready >>" + ran,
                "wait");
        var result = probing.begin(script("slow"));
        var pids = await().atMost(PATIENCE).until(this::pids, found -> found.size() == 3);
        assertThat(pids).allMatch(ScriptProberTest::isAlive);
        probing.pass(Probing.TIMEOUT_SECONDS);
        assertThat(Probing.await(result)).isEqualTo(ProbeResult.fail(CheckFailure.TIMEOUT, ""));
        await().atMost(PATIENCE).until(() -> pids.stream().noneMatch(ScriptProberTest::isAlive));
    }

    @Test
    void whatAScriptLeavesBehindIsKilledToo() throws Exception {
        write(scripts.resolve("litters"), "(sleep 600 & echo $! >" + ran + ") &", "wait", "exit 0");
        assertThat(probing.probe(script("litters")).passed()).isTrue();
        var pids = pids();
        assertThat(pids).hasSize(1);
        await().atMost(PATIENCE).until(() -> pids.stream().noneMatch(ScriptProberTest::isAlive));
    }

    @Test
    void soManyRunAtOnceAndTheOthersWait() throws Exception {
        var probers = probing.probers();
        var results = new ArrayList<>(holdAllPlaces(probers, script("waits")));
        for (int i = 0; i < 4; i++) {
            results.add(probers.probe(script("waits")).toFuture());
        }
        assertThat(results).noneMatch(CompletableFuture::isDone);
        Files.createFile(folder.resolve("go"));
        for (var result : results) {
            assertThat(Probing.await(result).passed()).isTrue();
        }
    }

    @Test
    void whoWereSlowLeaveHalfOfThePlacesToTheOthers() throws Exception {
        write(scripts.resolve("fine"), "exit 0");
        var probers = probing.probers();
        var results = new ArrayList<>(holdAllPlaces(probers, script("waits")));
        probing.prolong(1);
        Files.createFile(folder.resolve("go"));
        for (var result : results) {
            assertThat(Probing.await(result).passed()).isTrue();
        }
        Files.delete(folder.resolve("go"));
        for (int i = 0; i < ScriptProber.MOST_AT_ONCE; i++) {
            results.add(probers.probe(script("waits")).toFuture());
        }
        int most = ScriptProber.MOST_AT_ONCE + ScriptProber.MOST_SLOW_AT_ONCE;
        await().atMost(PATIENCE).until(this::pids, found -> found.size() >= most);

        var quick = probers.probe(new Probe(
                        "web-2", "192.0.2.7", 80, "http", script("fine").check()))
                .toFuture();

        assertThat(Probing.await(quick)).isEqualTo(ProbeResult.pass("0"));
        assertThat(pids()).hasSize(most);
        Files.createFile(folder.resolve("go"));
        for (var result : results) {
            assertThat(Probing.await(result).passed()).isTrue();
        }
    }

    @Test
    void theTimeOfOneThatWaitedBeginsWithIt() throws Exception {
        var probers = probing.probers();
        holdAllPlaces(probers, script("waits"));
        probing.pass(1);
        var next = probers.probe(script("waits")).toFuture();
        probing.pass(Probing.TIMEOUT_SECONDS - 1);
        await().atMost(PATIENCE).until(this::pids, found -> found.size() == ScriptProber.MOST_AT_ONCE + 1);
        probing.pass(Probing.TIMEOUT_SECONDS - 1);
        assertThat(next).isNotDone();
        Files.createFile(folder.resolve("go"));
        assertThat(Probing.await(next).passed()).isTrue();
    }

    @Test
    void whoWaitsForLongerThanItsTimeoutIsNotRun() throws Exception {
        var probers = probing.probers();
        var lengthy = new Probe(
                "web-1", "192.0.2.7", 80, "http", new HealthCheck("script", 30, 300, 3, 2, Map.of("script", "waits")));
        var held = holdAllPlaces(probers, lengthy);
        var next = probers.probe(script("waits")).toFuture();
        probing.pass(Probing.TIMEOUT_SECONDS);
        assertThat(Probing.await(next)).isEqualTo(ProbeResult.fail(CheckFailure.OVERLOADED, "scripts"));
        Files.createFile(folder.resolve("go"));
        for (var result : held) {
            assertThat(Probing.await(result).passed()).isTrue();
        }
        assertThat(pids()).hasSize(ScriptProber.MOST_AT_ONCE);
    }

    private List<CompletableFuture<@Nullable ProbeResult>> holdAllPlaces(Probers probers, Probe waits)
            throws IOException {
        write(scripts.resolve("waits"), "echo $$ >>" + ran, "while [ ! -e " + folder + "/go ]; do sleep 0.1; done");
        var results = new ArrayList<CompletableFuture<@Nullable ProbeResult>>();
        for (int i = 0; i < ScriptProber.MOST_AT_ONCE; i++) {
            results.add(probers.probe(waits).toFuture());
        }
        await().atMost(PATIENCE).until(this::pids, found -> found.size() == ScriptProber.MOST_AT_ONCE);
        return results;
    }

    private List<String> pids() throws IOException {
        return Files.exists(ran)
                ? Files.readAllLines(ran).stream()
                        .filter(line -> line.matches("[0-9]+"))
                        .toList()
                : List.of();
    }

    private static boolean isAlive(String pid) {
        try {
            var stat = Files.readString(Path.of("/proc", pid, "stat"));
            return !stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
        } catch (IOException gone) {
            return false;
        }
    }

    private static void write(Path script, String... lines) throws IOException {
        Files.writeString(script, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        permit(script, "rwxr-xr-x");
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static Probe script(String name) {
        return Probing.of("192.0.2.7; touch x", 80, "http", "script", Map.of("script", name));
    }
}
