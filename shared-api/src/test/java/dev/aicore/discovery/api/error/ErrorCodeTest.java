package dev.aicore.discovery.api.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {

    @Test
    void documentation_listsEveryErrorCode() throws IOException {
        var documented = Files.readAllLines(Path.of("../docs/api.md")).stream()
                .dropWhile(line -> !line.startsWith("| code |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();

        assertThat(documented)
                .containsExactlyElementsOf(Arrays.stream(ErrorCode.values())
                        .map(code -> "| `" + code.code() + "` | " + code.status() + " | " + code.title() + " |")
                        .toList());
    }
}
