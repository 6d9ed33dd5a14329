package dev.aicore.discovery.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class RenamedSettingsTest {

    private static final String VARIABLE = "SERVICE_DISCOVERY__REGISTRY__WATCHING__MOST_WATCHERS";
    private static final String CURRENT_VARIABLE = "SERVICE_DISCOVERY__REGISTRY__WATCHING__MAX_WATCHERS";
    private static final String OPTION = "--service-discovery.registry.watching.most-watchers=";
    private static final String CURRENT_OPTION = "--service-discovery.registry.watching.max-watchers=";

    private final Map<String, Object> variables = new HashMap<>();

    static Stream<Map.Entry<String, String>> names() {
        return RenamedSettings.CURRENT_NAMES.entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void currentName_isASetting_andOldNameIsNone(Map.Entry<String, String> renamed) {
        var known = new SettingNames(SettingsCatalog.keys());
        assertThat(known.contains(renamed.getValue())).as(renamed.getValue()).isTrue();
        assertThat(known.contains(renamed.getKey())).as(renamed.getKey()).isFalse();
    }

    @Test
    void oldVariable_setsTheCurrentSetting() {
        variables.put(VARIABLE, "11");
        assertThat(maxWatchers()).isEqualTo(11);
    }

    @Test
    void currentVariable_takesPrecedenceOverTheOldOne() {
        variables.put(VARIABLE, "11");
        variables.put(CURRENT_VARIABLE, "12");
        assertThat(maxWatchers()).isEqualTo(12);
    }

    @Test
    void oldOption_takesPrecedenceOverVariables() {
        variables.put(CURRENT_VARIABLE, "12");
        assertThat(maxWatchers(OPTION + 13)).isEqualTo(13);
    }

    @Test
    void currentOption_takesPrecedenceOverTheOldOne() {
        assertThat(maxWatchers(OPTION + 13, CURRENT_OPTION + 14)).isEqualTo(14);
    }

    @Test
    void oldKeyOfAFile_setsTheCurrentSetting(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("old.yaml"), """
                registry:
                  watching:
                    most_watchers: 15
                """);
        assertThat(maxWatchers("--service-discovery.config-file=" + file)).isEqualTo(15);
    }

    @Test
    void currentKeyOfAFile_takesPrecedenceOverTheOldOne(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("both.yaml"), """
                registry:
                  watching:
                    max_watchers: 16
                    most_watchers: 15
                """);
        assertThat(maxWatchers("--service-discovery.config-file=" + file)).isEqualTo(16);
    }

    @Test
    void report_showsOriginOfValueUnderOldName() {
        assertThat(SettingsReport.of(environment(OPTION + 13), List.of()).values())
                .anySatisfy(line -> assertThat(line).matches("registry\\.watching\\.max_watchers: 13 +# option"));
        variables.put(VARIABLE, "11");
        assertThat(SettingsReport.of(environment(), List.of()).values())
                .anySatisfy(line -> assertThat(line)
                        .matches("registry\\.watching\\.max_watchers: 11 +# .*variable " + VARIABLE + ".*"));
    }

    @Test
    void report_namesOldAndCurrentNameAndTheirSource() {
        var environment = environment(OPTION + 13);
        var report = SettingsReport.of(environment, List.of());
        assertThat(report.problems()).isEmpty();
        assertThat(report.notices())
                .containsExactly(
                        "registry.watching.most_watchers (option --service-discovery.registry.watching.most-watchers)"
                                + " is now registry.watching.max_watchers");
    }

    @Test
    void removedName_isAcceptedAndReported() {
        var report = SettingsReport.of(environment("--service-discovery.event-store.claim-wait=30s"), List.of());
        assertThat(report.problems()).isEmpty();
        assertThat(report.notices())
                .containsExactly("event_store.claim_wait (option --service-discovery.event-store.claim-wait)"
                        + " has no effect any more");
    }

    @Test
    void invalidValueUnderAnOldName_isReportedUnderTheCurrentName() {
        var report = SettingsReport.of(environment(OPTION + "none"), List.of());
        assertThat(report.problems()).singleElement().asString().contains("registry.watching.max_watchers", "none");
    }

    private int maxWatchers(String... options) {
        var environment = environment(options);
        new SettingsEnvironmentPostProcessor().apply(environment, SettingProblemListener.FATAL);
        return SettingsBinder.of(environment).get(WatchingSettings.class).maxWatchers();
    }

    private StandardEnvironment environment(String... options) {
        var environment = new StandardEnvironment();
        var sources = environment.getPropertySources();
        sources.replace(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        sources.replace(
                StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
                new MapPropertySource(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, Map.of()));
        sources.addFirst(new SimpleCommandLinePropertySource(options));
        return environment;
    }
}
