package dev.aicore.discovery.config.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Reports the settings of a start and their problems, without starting anything. */
public final class SettingsReport {

    private final List<String> values;
    private final List<String> problems;
    private final List<String> notices;

    private SettingsReport(List<String> values, List<String> problems, List<String> notices) {
        this.values = List.copyOf(values);
        this.notices = List.copyOf(notices);
        this.problems = List.copyOf(problems);
    }

    /**
     * Creates the report of a start with these options, in this process's environment.
     *
     * @param options options such as {@code --service-discovery.server.port=8081}
     * @param rules further rules; each throws {@link InvalidSettingException} if it is violated
     */
    public static SettingsReport of(List<String> options, List<Consumer<SettingsBinder>> rules) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(options.toArray(String[]::new)));
        return of(environment, rules);
    }

    static SettingsReport of(ConfigurableEnvironment environment, List<Consumer<SettingsBinder>> rules) {
        List<InvalidSettingException> problems = new ArrayList<>();
        var notices = new SettingsEnvironmentPostProcessor().apply(environment, problems::add);
        var values = new SettingsListing(environment).lines();
        new SettingInspection(environment, problems).inspectAll(rules);
        return new SettingsReport(
                values,
                problems.stream()
                        .map(InvalidSettingException::getMessage)
                        .distinct()
                        .toList(),
                notices);
    }

    /** Returns every key with its value, as in a file of settings, and its origin. Contains no secrets. */
    public List<String> values() {
        return values;
    }

    /** Returns one line per use of an old name, which a start accepts; empty if there is none. */
    public List<String> notices() {
        return notices;
    }

    /** Returns one line per setting that would stop the start; empty if there is none. Contains no secrets. */
    public List<String> problems() {
        return problems;
    }

    /** Continues after an invalid value as if the setting had its default, so that all problems are found. */
    private static final class SettingInspection {

        private final SettingsBinder settingsBinder;
        private final List<InvalidSettingException> problems;
        private final Map<String, Object> defaultedProperties = new HashMap<>();

        SettingInspection(ConfigurableEnvironment environment, List<InvalidSettingException> problems) {
            this.settingsBinder = SettingsBinder.of(environment);
            this.problems = problems;
            environment.getPropertySources().addFirst(new MapPropertySource("defaulted", defaultedProperties));
        }

        void inspectAll(List<Consumer<SettingsBinder>> rules) {
            for (Class<?> record : SettingsConfiguration.records()) {
                inspect(of -> of.get(record));
            }
            rules.forEach(this::inspect);
        }

        private void inspect(Consumer<SettingsBinder> rule) {
            boolean again = true;
            while (again) {
                try {
                    rule.accept(settingsBinder);
                    again = false;
                } catch (RuntimeException refused) {
                    var exception = SettingFailureAnalyzer.setting(refused).orElseThrow(() -> refused);
                    Optional<SettingKey> key = SettingsCatalog.find(exception.key());
                    again = key.filter(this::useDefault).isPresent();
                    if (again || key.isEmpty()) {
                        problems.add(exception);
                    }
                }
            }
        }

        /** Returns false if the setting has its default already. */
        private boolean useDefault(SettingKey key) {
            return defaultedProperties.put(key.property(), key.defaultValue()) == null;
        }
    }
}
