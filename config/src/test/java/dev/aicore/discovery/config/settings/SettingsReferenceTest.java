package dev.aicore.discovery.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsReferenceTest {

    private static final Path MANUAL = Path.of("../docs/operations.md");

    /** Compares the manual with the generated table; {@code -Dreference.write=true} writes the table first. */
    @Test
    void settingsReference_inManual_matchesGeneratedTable() throws IOException {
        if (Boolean.getBoolean("reference.write")) {
            Files.writeString(MANUAL, SettingsReference.renewed(Files.readString(MANUAL)));
        }
        var manual = Files.readString(MANUAL);
        assertThat(manual).isEqualTo(SettingsReference.renewed(manual));
    }
}
