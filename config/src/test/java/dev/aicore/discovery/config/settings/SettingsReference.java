package dev.aicore.discovery.config.settings;

import java.util.stream.Collectors;

/** Generates the table of all settings in the manual. */
final class SettingsReference {

    private static final String BEGIN = "<!-- Generated; CONTRIBUTING.md says how. -->\n";
    private static final String END = "<!-- End of what is generated. -->\n";

    private SettingsReference() {}

    /** Returns the manual with the current table. */
    static String renewed(String manual) {
        int begin = manual.indexOf(BEGIN);
        int end = manual.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException("The manual lacks the marker for the table of settings");
        }
        return manual.substring(0, begin + BEGIN.length()) + "\n" + table() + "\n" + manual.substring(end);
    }

    private static String table() {
        return "| setting | takes | default | effect |\n|---|---|---|---|\n"
                + SettingsCatalog.keys().stream().map(SettingsReference::row).collect(Collectors.joining());
    }

    private static String row(SettingKey key) {
        return "| `" + key.name() + "` | " + takes(key) + " | `" + key.defaultValue() + "` | " + key.effect() + " |\n";
    }

    private static String takes(SettingKey key) {
        if (key.bounds().isEmpty()) {
            return key.kind();
        }
        return key.bounds().startsWith("one of ") ? key.bounds() : key.kind() + ", " + key.bounds();
    }
}
