package dev.aicore.discovery.server.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.server.ServiceDiscovery;
import dev.aicore.discovery.server.ctl.CtlServer.Done;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies where the tool's output goes. */
class CtlOutputTest {

    private static final String KEY =
            "{\"data\":{\"key_id\":\"k1\",\"principal\":\"ci\",\"role\":\"service\",\"key\":\"sd_k1_secret\"}}";

    @Test
    void command_ifOutputFails_exitsWith1() {
        try (var registry = new StubRegistry("{\"data\":{\"services\":[]}}")) {
            var done = runOnFullDisk(registry.environment(), "services");
            assertThat(done.code()).isEqualTo(1);
            assertThat(done.err().lines()).singleElement().asString().contains("Failed to write the output");
        }
        assertThat(runOnFullDisk(Map.of(), "--help").code()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keys issue --principal ci --role service",
                "keys issue --principal ci --role service -o json",
                "keys rotate k1"
            })
    void keysCommand_ifOutputFails_namesUnprintedKey(String words) {
        try (var registry = new StubRegistry(KEY)) {
            var done = runOnFullDisk(registry.environment(), words.split(" ", -1));
            assertThat(done.code()).isEqualTo(1);
            assertThat(done.err().lines()).singleElement().asString().contains("The key k1 ", "revoke");
            assertThat(done.err()).doesNotContain("secret");
        }
    }

    @Test
    @Tag("integration")
    void output_withoutLocale_isUtf8() throws IOException {
        try (var registry = new StubRegistry("{\"data\":{\"configuration\":{\"city\":\"Köln\"}}}")) {
            var tool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ServiceDiscovery.class.getName(),
                            CtlApplication.NAME,
                            "configurations",
                            "show",
                            "shop")
                    .redirectError(Redirect.INHERIT);
            tool.environment().keySet().removeIf(name -> name.equals("LANG") || name.startsWith("LC_"));
            tool.environment().putAll(registry.environment());
            var told = tool.start().getInputStream().readAllBytes();
            assertThat(new String(told, StandardCharsets.UTF_8)).contains("\"Köln\"");
        }
    }

    private static Done runOnFullDisk(Map<String, String> environment, String... words) {
        var full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        var err = new ByteArrayOutputStream();
        int code = CtlApplication.run(
                List.of(words),
                environment,
                new PrintStream(full, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Done(code, "", err.toString(StandardCharsets.UTF_8));
    }
}
