package dev.aicore.discovery.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Compares the documentation with what is generated; {@code -Dreference.write=true} writes it first. */
class SettingsReferenceTest {

    private static final Path FILE = Path.of("service-discovery.yaml");

    @Test
    void settingsReference_inManual_matchesGeneratedTable() throws IOException {
        assertGenerated(Path.of("../docs/operations.md"), SettingsReference::renewedManual);
    }

    @Test
    void defaultsFile_matchesGeneratedKeys() throws IOException {
        assertGenerated(FILE, SettingsReference::renewedFile);
    }

    @Test
    void generatedFile_asConfigurationFile_changesNothing(@TempDir Path directory) throws IOException {
        var file = Files.writeString(
                directory.resolve("registry.yaml"), SettingsReference.renewedFile(Files.readString(FILE)));
        var report = report("--service-discovery.config-file=" + file);
        assertThat(report.problems()).isEmpty();
        assertThat(report.values()).hasSameSizeAs(SettingsCatalog.keys()).noneMatch(line -> line.endsWith("# default"));
        assertThat(withoutOrigins(report)).isEqualTo(withoutOrigins(report()));
    }

    private static void assertGenerated(Path document, UnaryOperator<String> renewal) throws IOException {
        if (Boolean.getBoolean("reference.write")) {
            Files.writeString(document, renewal.apply(Files.readString(document)));
        }
        var text = Files.readString(document);
        assertThat(text).isEqualTo(renewal.apply(text));
    }

    private static SettingsReport report(String... options) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(options));
        return SettingsReport.of(environment, List.of());
    }

    private static List<String> withoutOrigins(SettingsReport report) {
        return report.values().stream()
                .map(line -> line.replaceFirst(" +# .*", ""))
                .toList();
    }
}
