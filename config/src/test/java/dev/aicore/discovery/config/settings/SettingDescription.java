package dev.aicore.discovery.config.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Description of a key in {@code config/service-discovery.yaml}: the comment behind its value, continued by comment
 * lines with the same column, in the form {@code bounds; effect}. If there is no comment behind the value, the comment
 * lines above the key are the description.
 *
 * @param key the described key
 * @param bounds bounds such as {@code 1s to 1h}, {@code 1 to max_batch_size} or {@code one of a, b}; empty if there are
 *     none
 * @param defaultValue default as in the file, including quotation marks
 * @param effect effect of the setting
 */
record SettingDescription(SettingKey key, String bounds, String defaultValue, String effect) {

    private static final String VALUE = "\"[^\"]*\"|\\[[^]]*]|[^\\s#\"\\[]+";
    private static final Pattern LINE =
            Pattern.compile("(?<indent> *)(?<word>[a-z][a-z0-9_]*):(?: +(?<value>" + VALUE + "))?(?: *# (?<said>.*))?");
    private static final Pattern COMMENT = Pattern.compile(" *# (?<said>.*)");
    private static final Pattern BOUNDS = Pattern.compile(
            "(?<bounds>(?:(?:above )?[0-9A-Za-z_.]+(?: \\([a-z ]+\\))? to [0-9A-Za-z_.]+|one of [^;]+)); (?<effect>.*)");

    private static final List<SettingDescription> ALL = read();

    /** Returns the descriptions of all keys, in the order of the file. */
    static List<SettingDescription> all() {
        return ALL;
    }

    String name() {
        return key.name();
    }

    /** Names the case of a parameterized test. */
    @Override
    public String toString() {
        return key.name();
    }

    private static List<SettingDescription> read() {
        try {
            return new CommentReader()
                    .read(SettingsEnvironmentPostProcessor.DEFAULTS_FILE
                            .getContentAsString(StandardCharsets.UTF_8)
                            .lines()
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the lines of the file one by one. */
    private static final class CommentReader {

        private final Map<String, SettingKey> keys =
                SettingsCatalog.keys().stream().collect(Collectors.toMap(SettingKey::name, Function.identity()));
        private final List<SettingDescription> descriptions = new ArrayList<>();
        private final List<String> sections = new ArrayList<>();
        private final List<String> above = new ArrayList<>();

        /** Column of the comment behind the last key; -1 if there was none. */
        private int column = -1;

        List<SettingDescription> read(List<String> lines) {
            for (String line : lines) {
                Matcher comment = COMMENT.matcher(line);
                Matcher key = LINE.matcher(line);
                if (comment.matches()) {
                    comment(line.indexOf('#'), comment.group("said"));
                } else if (key.matches()) {
                    key(key);
                } else {
                    above.clear();
                    column = -1;
                }
            }
            return List.copyOf(descriptions);
        }

        private void comment(int at, String comment) {
            if (at == column) {
                SettingDescription last = descriptions.removeLast();
                descriptions.add(description(
                        last.name(), last.defaultValue(), joined(last.bounds(), last.effect()) + " " + comment));
            } else {
                above.add(comment);
            }
        }

        private void key(Matcher line) {
            while (sections.size() > line.group("indent").length() / 2) {
                sections.removeLast();
            }
            sections.add(line.group("word"));
            String value = line.group("value");
            if (value != null) {
                String behind = line.group("said");
                String comment = behind == null ? String.join(" ", above) : behind;
                descriptions.add(description(String.join(".", sections), value, comment));
                column = behind == null ? -1 : line.start("said") - 2;
            } else {
                column = -1;
            }
            above.clear();
        }

        private SettingDescription description(String name, String value, String comment) {
            SettingKey key = keys.get(name);
            if (key == null) {
                throw new IllegalStateException(name + " is documented, but no setting is bound to it");
            }
            Matcher bounds = BOUNDS.matcher(comment);
            return bounds.matches()
                    ? new SettingDescription(key, bounds.group("bounds"), value, bounds.group("effect"))
                    : new SettingDescription(key, "", value, comment);
        }

        private static String joined(String bounds, String effect) {
            return bounds.isEmpty() ? effect : bounds + "; " + effect;
        }
    }
}
