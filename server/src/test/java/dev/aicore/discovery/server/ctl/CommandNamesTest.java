package dev.aicore.discovery.server.ctl;

import dev.aicore.discovery.config.testing.GoldenFile;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Compares the command line of the tool, which operators' scripts use, with a golden file. */
class CommandNamesTest {

    @Test
    void commandLine_matchesGoldenFile() throws IOException {
        var terminal = Terminal.of(System.out, System.err, Map.of());
        GoldenFile.assertHolds(
                "commands.txt", lines(CtlApplication.commandLine(new CommonOptions(Map.of()), terminal)));
    }

    private static Stream<String> lines(CommandLine line) {
        var command = line.getCommandSpec();
        var name = command.qualifiedName();
        return Stream.of(
                        Stream.of(name),
                        command.positionalParameters().stream()
                                .map(parameter -> name + " " + parameter.index() + " " + parameter.paramLabel() + " "
                                        + parameter.arity()),
                        command.options().stream()
                                .filter(option -> !option.inherited())
                                .map(option -> name + " " + option(option)),
                        line.getSubcommands().values().stream().distinct().flatMap(CommandNamesTest::lines))
                .flatMap(lines -> lines);
    }

    private static String option(OptionSpec option) {
        var value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        var standard = option.defaultValue() == null ? "" : " = " + option.defaultValue();
        return String.join(", ", option.names()) + value + standard + (option.required() ? " required" : "");
    }
}
