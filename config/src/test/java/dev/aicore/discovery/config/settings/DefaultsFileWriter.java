package dev.aicore.discovery.config.settings;

import java.util.List;

/** Writes the keys of a YAML file of settings: each key with its default below its description, in its sections. */
final class DefaultsFileWriter {

    private static final int WIDTH = 120;

    private final StringBuilder lines = new StringBuilder();
    private List<String> section = List.of();

    private DefaultsFileWriter() {}

    /** Returns the lines of these keys. The keys of a section, and those of its subsections, are next to each other. */
    static String write(List<SettingDescription> settings) {
        var writer = new DefaultsFileWriter();
        settings.forEach(writer::add);
        return writer.lines.toString();
    }

    private void add(SettingDescription setting) {
        List<String> words = List.of(setting.name().split("\\."));
        int depth = words.size() - 1;
        open(words.subList(0, depth));
        comment(depth, setting.text());
        lines.append(indent(depth))
                .append(words.getLast())
                .append(": ")
                .append(setting.defaultValue())
                .append('\n');
    }

    private void open(List<String> next) {
        int common = 0;
        while (common < Math.min(section.size(), next.size())
                && section.get(common).equals(next.get(common))) {
            common++;
        }
        if (common < next.size()) {
            lines.append('\n');
        }
        for (int depth = common; depth < next.size(); depth++) {
            lines.append(indent(depth)).append(next.get(depth)).append(":\n");
        }
        section = next;
    }

    private void comment(int depth, String text) {
        var line = new StringBuilder(indent(depth)).append('#');
        for (String word : text.split(" ", -1)) {
            if (line.length() + 1 + word.length() > WIDTH) {
                lines.append(line).append('\n');
                line = new StringBuilder(indent(depth)).append('#');
            }
            line.append(' ').append(word);
        }
        lines.append(line).append('\n');
    }

    private static String indent(int depth) {
        return "  ".repeat(depth);
    }
}
