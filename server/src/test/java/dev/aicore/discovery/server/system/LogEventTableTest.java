package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.telemetry.LogEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Verifies that the documented log events are those of the code. */
class LogEventTableTest {

    private static final Path ROOT = Path.of("..");
    private static final String HEAD = "| event | level | meaning |\n|---|---|---|\n";

    @Test
    void documentedEvents_areThoseOfTheCode() throws IOException {
        var table = Arrays.stream(LogEvent.values())
                .map(event -> "| `%s` | %s | %s |\n"
                        .formatted(
                                event.displayName(),
                                event.level().name().toLowerCase(Locale.ROOT),
                                event.description()))
                .collect(Collectors.joining());
        assertThat(Files.readString(ROOT.resolve("docs/operations.md"))).contains(HEAD + table + "\n");
    }

    @Test
    void everyEvent_isLogged() throws IOException {
        String sources;
        try (var files = Files.find(
                ROOT,
                20,
                (file, _) -> file.toString().endsWith(".java")
                        && file.toString().contains("/src/main/")
                        && !file.endsWith("LogEvent.java"))) {
            sources = files.map(LogEventTableTest::read).collect(Collectors.joining());
        }
        assertThat(Arrays.stream(LogEvent.values()).map(event -> "LogEvent." + event.name()))
                .allMatch(sources::contains);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
