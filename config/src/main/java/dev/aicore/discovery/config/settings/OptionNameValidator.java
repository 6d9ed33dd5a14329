package dev.aicore.discovery.config.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/**
 * Validates the names of command-line options, and of JVM properties with the registry's prefix: each must be a
 * setting.
 */
final class OptionNameValidator {

    /** Notation of an option, by the name of its property source. */
    private static final Map<String, String> OPTION_PREFIXES = Map.of(
            "commandLineArgs", "option --", StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, "option -D");

    private static final List<String> NOT_IN_FILES = List.of(SettingsEnvironmentPostProcessor.CONFIG_FILE);

    private OptionNameValidator() {}

    static void check(MutablePropertySources sources, SettingNames known, SettingProblemListener problems) {
        OPTION_PREFIXES.forEach((source, written) -> {
            if (sources.get(source) instanceof EnumerablePropertySource<?> options) {
                sources.addAfter(source, renamed(options));
                for (String name : options.getPropertyNames()) {
                    // JVM properties without the prefix belong to others.
                    if (written.endsWith("--") ? !isForeign(name) : name.startsWith(SettingsBinder.PREFIX)) {
                        check(name, written + name, known, problems);
                    }
                }
            }
        });
    }

    /** Returns the values of options with old names, by their current names. An option with the current name takes precedence. */
    private static MapPropertySource renamed(EnumerablePropertySource<?> options) {
        Map<String, Object> values = new HashMap<>();
        for (String name : options.getPropertyNames()) {
            String current = RenamedSettings.CURRENT_NAMES.get(SettingNames.canonical(name));
            if (current != null && name.startsWith(SettingsBinder.PREFIX)) {
                values.put(SettingsBinder.PREFIX + current, Objects.requireNonNull(options.getProperty(name)));
            }
        }
        return new MapPropertySource(options.getName() + " with old names", values);
    }

    private static boolean isForeign(String name) {
        return SettingsFile.FRAMEWORK.contains(name.split("\\.", 2)[0]);
    }

    private static void check(String name, String where, SettingNames known, SettingProblemListener problems) {
        String key = known.renamed().current(SettingNames.canonical(name), where);
        boolean ours = name.startsWith(SettingsBinder.PREFIX);
        String whole = key.replaceFirst("\\[[0-9]+]$", "");
        boolean fits = known.contains(key) || known.isList(whole) || NOT_IN_FILES.contains(SettingsBinder.PREFIX + key);
        if (!ours || !fits) {
            String nearest = known.contains(whole) ? whole : known.nearest(whole);
            problems.add(InvalidSettingException.unknown(
                    SettingNames.toFileNotation(name),
                    where,
                    nearest == null ? null : "--" + SettingsBinder.PREFIX + SettingNames.canonical(nearest)));
        }
    }
}
