package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DashboardsTest {

    /** Compares the dashboards with their source; {@code -Ddashboards.write=true} writes them first. */
    @Test
    void dashboardFiles_matchTheirSource() throws IOException {
        var directory = Dashboards.DIRECTORY.resolve("dashboards");
        Map<String, String> files = Dashboards.read().files();
        if (Boolean.getBoolean("dashboards.write")) {
            Files.createDirectories(directory);
            for (var file : files.entrySet()) {
                Files.writeString(directory.resolve(file.getKey()), file.getValue());
            }
        }
        try (var listed = Files.list(directory)) {
            assertThat(listed.collect(
                            Collectors.toMap(path -> String.valueOf(path.getFileName()), DashboardsTest::content)))
                    .isEqualTo(files);
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
