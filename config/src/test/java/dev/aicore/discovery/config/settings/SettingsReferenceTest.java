package dev.aicore.discovery.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsReferenceTest {

    private static final Path MANUAL = Path.of("../docs/operations.md");

    /** With {@code -Dreference.write=true} it writes what it otherwise demands. */
    @Test
    void theManualHoldsExactlyWhatIsGenerated() throws IOException {
        if (Boolean.getBoolean("reference.write")) {
            Files.writeString(MANUAL, SettingsReference.renewed(Files.readString(MANUAL)));
        }
        var manual = Files.readString(MANUAL);
        assertThat(manual).isEqualTo(SettingsReference.renewed(manual));
    }
}
