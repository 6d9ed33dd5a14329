package dev.aicore.discovery.config.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/** What a start would make of its settings, without starting anything. */
public final class SettingsReport {

    private final List<String> values;
    private final List<String> problems;

    private SettingsReport(List<String> values, List<String> problems) {
        this.values = List.copyOf(values);
        this.problems = List.copyOf(problems);
    }

    /**
     * Of a start with these options, in this process's environment.
     *
     * @param options such as {@code --service-discovery.server.port=8081}
     * @param rules   what else must hold; each throws an {@link InvalidSetting} if it doesn't
     */
    public static SettingsReport of(List<String> options, List<Consumer<Settings>> rules) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(options.toArray(String[]::new)));
        return of(environment, rules);
    }

    static SettingsReport of(ConfigurableEnvironment environment, List<Consumer<Settings>> rules) {
        List<InvalidSetting> problems = new ArrayList<>();
        new SettingsEnvironment().apply(environment, problems::add);
        var values = new SettingsListing(environment).lines();
        new Inspection(environment, problems).look(rules);
        return new SettingsReport(
                values,
                problems.stream().map(InvalidSetting::getMessage).distinct().toList());
    }

    /** Every key with its value, as a file of settings could say it, and where that comes from. No secrets. */
    public List<String> values() {
        return values;
    }

    /** One line for each setting that would stop the start; empty if none would. No secrets. */
    public List<String> problems() {
        return problems;
    }

    /** Goes on behind a bad value as if it had been left at its default. */
    private static final class Inspection {

        private final Settings settings;
        private final List<InvalidSetting> problems;
        private final Map<String, Object> mended = new HashMap<>();

        Inspection(ConfigurableEnvironment environment, List<InvalidSetting> problems) {
            this.settings = Settings.of(environment);
            this.problems = problems;
            environment.getPropertySources().addFirst(new MapPropertySource("mended", mended));
        }

        void look(List<Consumer<Settings>> rules) {
            for (Class<?> record : SettingsConfiguration.records()) {
                inspect(of -> of.get(record));
            }
            rules.forEach(this::inspect);
        }

        private void inspect(Consumer<Settings> rule) {
            boolean again = true;
            while (again) {
                try {
                    rule.accept(settings);
                    again = false;
                } catch (RuntimeException refused) {
                    var problem = StartFailure.setting(refused).orElseThrow(() -> refused);
                    again = mend(problem);
                    if (again || !isMended(problem)) {
                        problems.add(problem);
                    }
                }
            }
        }

        private boolean mend(InvalidSetting problem) {
            return SettingsTable.keys().stream()
                    .filter(key -> key.name().equals(problem.key()))
                    .anyMatch(key -> mended.putIfAbsent(key.property(), plain(key.defaultValue())) == null);
        }

        private boolean isMended(InvalidSetting problem) {
            return mended.containsKey(Settings.PREFIX + KnownKeys.canonical(String.valueOf(problem.key())));
        }

        private static String plain(String written) {
            return written.replaceAll("[\"\\[\\]]", "");
        }
    }
}
