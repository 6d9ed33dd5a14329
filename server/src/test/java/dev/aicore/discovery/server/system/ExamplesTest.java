package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the examples against a running registry. An example whose tool isn't installed is skipped and reported. Those
 * in Go and for Node.js are run by {@link ForeignClientsTest}.
 */
@Tag("integration")
class ExamplesTest {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final TreeSet<String> ran = new TreeSet<>();
    private static final TreeSet<String> skipped = new TreeSet<>();

    @TempDir
    static Path directory;

    private static RunningRegistry registry;

    private record Ended(int code, String output) {}

    @BeforeAll
    static void start() throws IOException {
        registry = RunningRegistry.start(directory);
    }

    @AfterAll
    static void stop() {
        registry.close();
        System.out.println("examples: ran " + ran + ", skipped since the tool is absent " + skipped);
    }

    @Test
    void curlExample_completes() throws Exception {
        requires("curl", "curl", "--version");

        var ended = run(example("curl.sh"), registry.address());

        assertThat(ended.code()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("LeaseExpired", "\"revived\":true", "InstanceDeregistered", "only a test");
    }

    @Test
    void historyExample_completes() throws Exception {
        requires("curl", "curl", "--version");

        var ended = run(example("history.sh"), registry.address());

        assertThat(ended.code()).as(ended.output()).isZero();
        assertThat(ended.output())
                .contains(
                        "\"past\":true",
                        "'shop-1' is not discovered. The instance was deregistered.",
                        "'shop-2' is not discovered. The instance is unhealthy.",
                        "it looked like the old one",
                        "\"outcome\":\"restored\"");
    }

    @Test
    void curlExample_afterRefusal_stops() throws Exception {
        requires("curl", "curl", "--version");

        var ended = run(example("curl.sh"), registry.address() + "/elsewhere");

        assertThat(ended.code()).isNotZero();
        assertThat(ended.output()).contains("\"code\":\"not_found\"").doesNotContain("batch");
    }

    @Test
    void strategiesExample_printsExpectedDistribution() throws Exception {
        requires("curl", "curl", "--version");

        var ended = run(example("strategies.sh"), registry.address());

        assertThat(ended.code()).as(ended.output()).isZero();
        assertThat(ended.output())
                .containsPattern("round_robin +w100 250  w200 250  w300 250  w400 250 ")
                .containsPattern("weighted +w100 100  w200 200  w300 300  w400 400 ")
                .containsPattern("consistent_hash +w[1-4]00 1000 ")
                .containsPattern("ip_hash +w[1-4]00 1000 ");
    }

    @Test
    void configurationExample_completes() throws Exception {
        requires("curl", "curl", "--version");

        var ended = run(example("configuration.sh"), registry.address());

        assertThat(ended.code()).as(ended.output()).isZero();
        assertThat(ended.output())
                .contains(
                        "\"change\":\"created\"",
                        "precondition_failed",
                        "schema_violated",
                        "\"before\":10,\"after\":80",
                        "[{\"op\":\"replace\",\"path\":\"/pool/size\",\"value\":80}]",
                        "\"configuration\":{\"pool\":{\"size\":10,\"wait\":0.10}}",
                        "\"rolled_back_to\":1",
                        "\"deleted\":true");
    }

    @Test
    void pythonExample_discoversInstance() throws Exception {
        requires("python3 with requests", "python3", "-c", "import requests");
        var registered = registry.post("/api/v1/services", RegistryStoryTest.body("py", "of-python", 3_600));
        long position = registered.body().at("/meta/position").asLong();
        registry.get("/api/v1/services/py?wait=20s&min_position=" + position);

        var found = run("python3", example("python/discover.py"), "of-python", "--registry", registry.address());
        var nobody = run("python3", example("python/discover.py"), "nobody", "--registry", registry.address());
        var refused = run("python3", example("python/discover.py"), "-bad-", "--registry", registry.address());

        assertThat(found).isEqualTo(new Ended(0, "http://10.0.0.1:80 py healthy\n"));
        assertThat(nobody).isEqualTo(new Ended(1, "discover.py: nobody has no instance to offer\n"));
        assertThat(refused.code()).isNotZero();
    }

    @Test
    void pythonExample_withoutRequestsPackage_reportsMissingPackage() throws Exception {
        requires("python3", "python3", "--version");
        Files.writeString(directory.resolve("requests.py"), "raise ImportError('not here')\n");

        var process = new ProcessBuilder("python3", example("python/discover.py"), "any").redirectErrorStream(true);
        process.environment().put("PYTHONPATH", directory.toString());
        var ended = ended(process);

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output()).startsWith("discover.py needs the package 'requests'.");
    }

    private static void requires(String tool, String... command) throws InterruptedException {
        boolean present;
        try {
            present = run(command).code() == 0;
        } catch (IOException absent) {
            present = false;
        }
        (present ? ran : skipped).add(tool);
        assumeTrue(present, tool + " is absent");
    }

    private static Ended run(String... command) throws IOException, InterruptedException {
        return ended(new ProcessBuilder(command).redirectErrorStream(true));
    }

    private static Ended ended(ProcessBuilder command) throws IOException, InterruptedException {
        var output = Files.createTempFile(directory, "output", ".txt");
        var process = command.redirectOutput(output.toFile()).start();
        if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command.command() + " doesn't end: " + Files.readString(output));
        }
        return new Ended(process.exitValue(), Files.readString(output));
    }

    private static String example(String name) {
        // Maven runs the tests of a module in the module's directory.
        return Path.of("..", "examples", name).toAbsolutePath().normalize().toString();
    }
}
