package dev.aicore.discovery.config.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.util.unit.DataSize;

/** Generates the documentation of all settings: the table in the manual, and the keys of the file of defaults. */
final class SettingsReference {

    private static final String BEGIN = "<!-- Generated; CONTRIBUTING.md says how. -->\n";
    private static final String END = "<!-- End of what is generated. -->\n";

    private static final String FILE_BEGIN = "# Generated from here on; CONTRIBUTING.md says how.\n";

    private static final Map<Class<?>, String> KINDS = Map.of(
            Duration.class, "duration",
            DataSize.class, "size",
            int.class, "whole number",
            double.class, "number",
            boolean.class, "true or false",
            Path.class, "path",
            List.class, "list");

    private SettingsReference() {}

    /** Returns the manual with the current table. */
    static String renewedManual(String manual) {
        int begin = manual.indexOf(BEGIN);
        int end = manual.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException("The manual lacks the marker for the table of settings");
        }
        return manual.substring(0, begin + BEGIN.length()) + "\n" + table() + "\n" + manual.substring(end);
    }

    /** Returns the file of defaults with the current keys below its introduction. */
    static String renewedFile(String file) {
        int begin = file.indexOf(FILE_BEGIN);
        if (begin < 0) {
            throw new IllegalStateException("The file of defaults lacks the marker for its keys");
        }
        return file.substring(0, begin + FILE_BEGIN.length()) + DefaultsFileWriter.write(SettingDescription.all());
    }

    private static String table() {
        return "| setting | takes | default | effect |\n|---|---|---|---|\n"
                + SettingDescription.all().stream().map(SettingsReference::row).collect(Collectors.joining());
    }

    private static String row(SettingDescription setting) {
        return "| `" + setting.name() + "` | " + takes(setting) + " | `" + setting.defaultValue() + "` | "
                + setting.effect() + " |\n";
    }

    private static String takes(SettingDescription setting) {
        String kind = kind(setting.key());
        if (setting.bounds().isEmpty()) {
            return kind;
        }
        return setting.bounds().startsWith("one of ") ? setting.bounds() : kind + ", " + setting.bounds();
    }

    private static String kind(SettingKey key) {
        Class<?> type = key.type();
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> SettingNames.toFileNotation(constant.toString()))
                            .collect(Collectors.joining(", "));
        }
        return KINDS.getOrDefault(type, "text");
    }
}
