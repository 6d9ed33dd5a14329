package dev.aicore.discovery.server;

import dev.aicore.discovery.config.settings.SettingsReport;
import java.io.PrintStream;
import java.util.List;

/**
 * Runs {@code config check} and {@code config show}: validates or prints the settings that a start with the same flags
 * would use, without starting anything.
 */
final class ConfigCommand {

    static final String NAME = "config";

    private static final String USAGE = "Usage: config check|show [FLAG...]; FLAG is a flag of the server";
    private static final int SUCCESS = 0;
    private static final int FAILURE = 1;
    private static final int USAGE_ERROR = 2;

    private final PrintStream out;
    private final PrintStream err;

    ConfigCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the subcommand in the words after {@value #NAME}.
     *
     * @return 0 if a start would accept these settings, 1 if it would refuse them or the output could not be written, 2
     *     if the subcommand or a flag is unknown
     */
    int run(List<String> words) {
        try {
            return switch (words.isEmpty() ? "" : words.getFirst()) {
                case "check" -> check(report(words));
                case "show" -> show(report(words));
                default -> usageError(USAGE);
            };
        } catch (CommandLineFlags.FlagUsageException flagUsageException) {
            return usageError(String.valueOf(flagUsageException.getMessage()));
        }
    }

    private static SettingsReport report(List<String> words) {
        return SettingsReport.of(
                CommandLineFlags.options(words.subList(1, words.size())),
                List.of(StartupSecurityCheck::require, EmbeddedStoreLauncher::require));
    }

    private int check(SettingsReport report) {
        report.notices().forEach(notice -> out.println("Old name: " + notice + "."));
        report.problems().forEach(out::println);
        if (report.problems().isEmpty()) {
            out.println("The configuration is valid.");
        }
        return result(report);
    }

    private int show(SettingsReport report) {
        report.values().forEach(out::println);
        report.notices().forEach(notice -> err.println("Old name: " + notice + "."));
        report.problems().forEach(err::println);
        return result(report);
    }

    private int result(SettingsReport report) {
        return report.problems().isEmpty() && !out.checkError() ? SUCCESS : FAILURE;
    }

    private int usageError(String line) {
        err.println(line);
        return USAGE_ERROR;
    }
}
