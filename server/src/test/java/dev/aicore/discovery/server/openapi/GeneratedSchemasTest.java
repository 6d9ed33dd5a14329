package dev.aicore.discovery.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class GeneratedSchemasTest {

    private static final Path FILE = Path.of("src/main/resources/openapi", GeneratedSchemas.FILE);

    /** Compares the file with the generated schemas; {@code -Dschemas.write=true} writes it first. */
    @Test
    void schemasOfTheDocument_matchRecords() throws IOException {
        var generated = new GeneratedSchemas(ApiDocument.merged(file -> !file.equals(GeneratedSchemas.FILE))).yaml();
        if (Boolean.getBoolean("schemas.write")) {
            Files.writeString(FILE, generated);
        }
        assertThat(FILE).hasContent(generated);
    }
}
