package dev.aicore.discovery.healthchecks.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.api.health.CheckFailureCode;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.healthchecks.probe.Prober.Probe;
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
    private final ProberFixture proberFixture = ProberFixture.plain();

    @BeforeEach
    void open() throws IOException {
        scripts = Files.createDirectory(folder.resolve("scripts"));
        ran = folder.resolve("ran");
        proberFixture.scripts(scripts);
    }

    @AfterEach
    void close() {
        proberFixture.close();
    }

    @Test
    void exitCode_decidesResult() throws Exception {
        write(scripts.resolve("fine"), "exit 0");
        write(scripts.resolve("ill"), "exit 3");
        assertThat(proberFixture.probe(script("fine"))).isEqualTo(ProbeResult.pass("0"));
        assertThat(proberFixture.probe(script("ill"))).isEqualTo(ProbeResult.fail(CheckFailureCode.SCRIPT_FAILED, "3"));
    }

    @Test
    void instance_isPassedOnlyInVariables() throws Exception {
        write(scripts.resolve("told"), "echo \"arguments: $#\" >" + ran, "env >>" + ran);
        assertThat(proberFixture.probe(script("told")).passed()).isTrue();
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
    void script_notSafelyInDirectory_isDenied(String name) throws Exception {
        var elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        write(elsewhere.resolve("evil"), "touch " + ran);
        write(scripts.resolve(".hidden"), "touch " + ran);
        Files.createDirectory(scripts.resolve("folder"));
        Files.createSymbolicLink(scripts.resolve("link"), elsewhere.resolve("evil"));
        write(scripts.resolve("plain"), "touch " + ran);
        permit(scripts.resolve("plain"), "rw-r--r--");
        write(scripts.resolve("open"), "touch " + ran);
        permit(scripts.resolve("open"), "rwxr-xrwx");
        assertThat(proberFixture.probe(script(name)).failure()).isEqualTo(CheckFailureCode.DENIED);
        assertThat(ran).doesNotExist();
    }

    @Test
    void linkOutOfDirectory_isNotFollowed() throws Exception {
        var elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        write(elsewhere.resolve("evil"), "touch " + ran);
        Files.createSymbolicLink(scripts.resolve("link"), elsewhere.resolve("evil"));
        assertThat(proberFixture.probe(script("link"))).isEqualTo(ProbeResult.fail(CheckFailureCode.DENIED, "outside"));
        assertThat(ran).doesNotExist();
    }

    @Test
    void worldWritableDirectory_isDenied() throws Exception {
        write(scripts.resolve("fine"), "touch " + ran);
        permit(scripts, "rwxrwxrwx");
        assertThat(proberFixture.probe(script("fine")))
                .isEqualTo(ProbeResult.fail(CheckFailureCode.DENIED, "writable by others"));
        assertThat(ran).doesNotExist();
    }

    @Test
    void script_withoutDirectory_isDenied() throws Exception {
        try (var off = ProberFixture.plain()) {
            assertThat(off.probe(script("fine")))
                    .isEqualTo(ProbeResult.fail(CheckFailureCode.DENIED, "scripts are disabled"));
        }
    }

    @Test
    void scriptOutput_isIgnored() throws Exception {
        write(scripts.resolve("loud"), "head -c 10000000 /dev/zero", "head -c 10000000 /dev/zero >&2");
        assertThat(proberFixture.probe(script("loud")).passed()).isTrue();
    }

    @Test
    void script_beyondTimeout_isKilledWithChildren() throws Exception {
        write(
                scripts.resolve("slow"),
                "(sleep 600 & echo $! >>" + ran + "; wait) &",
                "sleep 600 &",
                "echo $! >>" + ran,
                "echo $$ >>" + ran,
                "echo ready >>" + ran,
                "wait");
        var result = proberFixture.begin(script("slow"));
        var pids = await().atMost(PATIENCE).until(this::pids, found -> found.size() == 3);
        assertThat(pids).allMatch(ScriptProberTest::isAlive);
        proberFixture.pass(ProberFixture.TIMEOUT_SECONDS);
        assertThat(ProberFixture.await(result)).isEqualTo(ProbeResult.fail(CheckFailureCode.TIMEOUT, ""));
        await().atMost(PATIENCE).until(() -> pids.stream().noneMatch(ScriptProberTest::isAlive));
    }

    @Test
    void leftoverProcess_afterScriptEnd_isKilled() throws Exception {
        write(scripts.resolve("litters"), "(sleep 600 & echo $! >" + ran + ") &", "wait", "exit 0");
        assertThat(proberFixture.probe(script("litters")).passed()).isTrue();
        var pids = pids();
        assertThat(pids).hasSize(1);
        await().atMost(PATIENCE).until(() -> pids.stream().noneMatch(ScriptProberTest::isAlive));
    }

    @Test
    void scripts_beyondConcurrencyLimit_wait() throws Exception {
        var dispatchingProber = proberFixture.probers();
        var results = new ArrayList<>(holdAllPlaces(dispatchingProber, script("waits")));
        for (int i = 0; i < 4; i++) {
            results.add(dispatchingProber.probe(script("waits")).toFuture());
        }
        for (int ended = 1; ended <= 4; ended++) {
            endOne();
            int begun = ScriptProber.MAX_CONCURRENT + ended;
            await().atMost(PATIENCE).until(this::pids, found -> found.size() >= begun);
        }
        Files.createFile(folder.resolve("go"));
        for (var result : results) {
            assertThat(ProberFixture.await(result).passed()).isTrue();
        }
        assertThat(maxConcurrentRuns()).isEqualTo(ScriptProber.MAX_CONCURRENT);
    }

    @Test
    void slowScripts_useAtMostHalfOfCapacity() throws Exception {
        write(scripts.resolve("fine"), "exit 0");
        var dispatchingProber = proberFixture.probers();
        var results = new ArrayList<>(holdAllPlaces(dispatchingProber, script("waits")));
        proberFixture.prolong(1);
        Files.createFile(folder.resolve("go"));
        for (var result : results) {
            assertThat(ProberFixture.await(result).passed()).isTrue();
        }
        Files.delete(folder.resolve("go"));
        for (int i = 0; i < ScriptProber.MAX_CONCURRENT; i++) {
            results.add(dispatchingProber.probe(script("waits")).toFuture());
        }
        int most = ScriptProber.MAX_CONCURRENT + ScriptProber.MAX_CONCURRENT_SLOW;
        await().atMost(PATIENCE).until(this::pids, found -> found.size() >= most);

        var quick = dispatchingProber
                .probe(new Probe(
                        "web-2", "192.0.2.7", 80, "http", script("fine").check()))
                .toFuture();

        assertThat(ProberFixture.await(quick)).isEqualTo(ProbeResult.pass("0"));
        assertThat(pids()).hasSize(most);
        Files.createFile(folder.resolve("go"));
        for (var result : results) {
            assertThat(ProberFixture.await(result).passed()).isTrue();
        }
    }

    @Test
    void timeout_ofQueuedScript_beginsAtRun() throws Exception {
        var dispatchingProber = proberFixture.probers();
        holdAllPlaces(dispatchingProber, script("waits"));
        proberFixture.pass(1);
        var next = dispatchingProber.probe(script("waits")).toFuture();
        proberFixture.pass(ProberFixture.TIMEOUT_SECONDS - 1);
        await().atMost(PATIENCE).until(this::pids, found -> found.size() == ScriptProber.MAX_CONCURRENT + 1);
        proberFixture.pass(ProberFixture.TIMEOUT_SECONDS - 1);
        assertThat(next).isNotDone();
        Files.createFile(folder.resolve("go"));
        assertThat(ProberFixture.await(next).passed()).isTrue();
    }

    @Test
    void script_queuedBeyondTimeout_isNotRun() throws Exception {
        var dispatchingProber = proberFixture.probers();
        var lengthy = new Probe(
                "web-1", "192.0.2.7", 80, "http", new HealthCheck("script", 30, 300, 3, 2, Map.of("script", "waits")));
        var held = holdAllPlaces(dispatchingProber, lengthy);
        var next = dispatchingProber.probe(script("waits")).toFuture();
        proberFixture.pass(ProberFixture.TIMEOUT_SECONDS);
        assertThat(ProberFixture.await(next)).isEqualTo(ProbeResult.fail(CheckFailureCode.OVERLOADED, "scripts"));
        Files.createFile(folder.resolve("go"));
        for (var result : held) {
            assertThat(ProberFixture.await(result).passed()).isTrue();
        }
        assertThat(pids()).hasSize(ScriptProber.MAX_CONCURRENT);
    }

    private List<CompletableFuture<@Nullable ProbeResult>> holdAllPlaces(
            DispatchingProber dispatchingProber, Probe waits) throws IOException {
        write(
                scripts.resolve("waits"),
                "echo $$ >>" + ran,
                "while [ ! -e " + folder + "/go ] && ! rmdir " + folder + "/one 2>/dev/null; do sleep 0.1; done",
                "echo ended >>" + ran);
        var results = new ArrayList<CompletableFuture<@Nullable ProbeResult>>();
        for (int i = 0; i < ScriptProber.MAX_CONCURRENT; i++) {
            results.add(dispatchingProber.probe(waits).toFuture());
        }
        await().atMost(PATIENCE).until(this::pids, found -> found.size() == ScriptProber.MAX_CONCURRENT);
        return results;
    }

    /** Lets one of the scripts that wait end, and waits until it does. */
    private void endOne() throws IOException {
        var one = Files.createDirectory(folder.resolve("one"));
        await().atMost(PATIENCE).until(() -> Files.notExists(one));
    }

    /** Returns how many scripts ran at the same time, by the order in which they wrote their lines. */
    private int maxConcurrentRuns() throws IOException {
        int running = 0;
        int max = 0;
        for (var line : Files.readAllLines(ran)) {
            running += line.equals("ended") ? -1 : 1;
            max = Math.max(max, running);
        }
        return max;
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
        return ProberFixture.of("192.0.2.7; touch x", 80, "http", "script", Map.of("script", name));
    }
}
