package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verifies that a registry with much output writes to its log files, and that these stay bounded. */
@Tag("integration")
class LogFileTest {

    private static final long MEGABYTE = 1 << 20;

    /** Output between two checks of the size. */
    private static final long SLACK = 16 * MEGABYTE;

    /** Package that logs each request at the level trace. */
    private static final String TRACED = "org.springframework.web";

    @TempDir
    Path directory;

    @Test
    void logFiles_areBoundedInSizeAndNumber() throws Exception {
        var log = directory.resolve("own.log");
        try (var registry = RunningRegistry.start(
                directory,
                List.of(
                        "--service-discovery.monitoring.logging.file=" + log,
                        "--service-discovery.monitoring.logging.max-file-size=1MB",
                        "--service-discovery.monitoring.logging.max-files=2",
                        "--logging.level.org.springframework=trace"))) {
            await().atMost(RunningRegistry.PATIENCE.multipliedBy(4)).until(() -> {
                registry.get("/api/v1/services");
                return Files.exists(directory.resolve("own.log.2")) && size(directory.resolve("own.log.1")) >= MEGABYTE;
            });
            assertThat(directory.resolve("own.log.3")).doesNotExist();
            for (var file : List.of("own.log", "own.log.1", "own.log.2")) {
                assertThat(size(directory.resolve(file))).isLessThan(MEGABYTE + SLACK);
            }
        }
        assertThat(hasTraces("own.log.1")).isTrue();
        assertThat(hasTraces("registry.log"))
                .as("standard output or error has traces")
                .isFalse();
    }

    private boolean hasTraces(String file) throws IOException {
        try (var lines = Files.lines(directory.resolve(file))) {
            return lines.anyMatch(line -> line.contains(TRACED));
        }
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }
}
