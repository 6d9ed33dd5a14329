package dev.aicore.discovery.config.settings;

import java.util.List;
import java.util.Map;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
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
                for (String name : options.getPropertyNames()) {
                    // JVM properties without the prefix belong to others.
                    if (written.endsWith("--") ? !isForeign(name) : name.startsWith(SettingsBinder.PREFIX)) {
                        check(name, written + name, known, problems);
                    }
                }
            }
        });
    }

    /** Returns the notation before the name of an option; empty if the source is not one of options. */
    static String optionPrefix(PropertySource<?> source) {
        return OPTION_PREFIXES.getOrDefault(source.getName(), "");
    }

    private static boolean isForeign(String name) {
        return SettingsFile.FRAMEWORK.contains(name.split("\\.", 2)[0]);
    }

    private static void check(String name, String where, SettingNames known, SettingProblemListener problems) {
        String key = SettingNames.canonical(name);
        boolean ours = name.startsWith(SettingsBinder.PREFIX);
        String whole = key.replaceFirst("\\[[0-9]+]$", "");
        boolean fits = known.accepts(key) || known.isList(whole) || NOT_IN_FILES.contains(SettingsBinder.PREFIX + key);
        if (!ours || !fits) {
            String nearest = known.contains(whole) ? whole : known.nearest(whole);
            problems.add(InvalidSettingException.unknown(
                    SettingNames.toFileNotation(name),
                    where,
                    nearest == null ? null : "--" + SettingsBinder.PREFIX + SettingNames.canonical(nearest)));
        }
    }
}
