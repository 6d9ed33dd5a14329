package dev.aicore.discovery.server.ctl;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** The tool: reads what was typed, does it, and says how it ended. */
@Command(
        name = Ctl.NAME,
        description = "Administers a registry: a running one over its API, or its database where none runs.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the registry refused, a check failed, or the output couldn't be written",
            "2:not understood"
        },
        footer = {"", "Every command takes --url, --token, --api-key and --output; `COMMAND --help` tells the rest."})
public final class Ctl {

    /** What it is called. */
    public static final String NAME = "ctl";

    private static final int BAD = 1;

    private Ctl() {}

    /**
     * Does what it is told.
     *
     * @param words that follow {@value #NAME}
     * @param environment variables that it may take addresses and secrets from
     * @return 0 if it was done, 1 if it was refused, a check failed or {@code out} didn't take it all, 2 if nobody knows what was
     *     meant
     */
    public static int run(List<String> words, Map<String, String> environment, PrintStream out, PrintStream err) {
        var screen = Screen.of(out, err, environment);
        var line = commandLine(new Options(environment), screen);
        int code = words.isEmpty() ? usage(line, screen) : line.execute(words.toArray(String[]::new));
        return code == CommandLine.ExitCode.OK ? written(screen) : code;
    }

    /** A stream says only when it is asked that something was lost. */
    private static int written(Screen screen) {
        if (!screen.out().checkError()) {
            return CommandLine.ExitCode.OK;
        }
        screen.err().println("The output couldn't be written.");
        return BAD;
    }

    static CommandLine commandLine(Options options, Screen screen) {
        var session = new Session(options, screen);
        var line = new CommandLine(new Ctl())
                .addMixin("options", options)
                .addSubcommand(new CommandLine(new ProjectionsCommands(session))
                        .addSubcommand(new ProjectionsCommands.DeadLetters(session)))
                .addSubcommand(new StoreCommands(session))
                .addSubcommand(new KeysCommands(session))
                .addSubcommand(new ConfigurationsCommands(session));
        List.of(
                        new Services(session),
                        new History(session),
                        new Audit(session),
                        new Diff(session),
                        new Drawing(session),
                        new Exporting(session),
                        new Replaying(session),
                        new Rehearsal(session))
                .forEach(line::addSubcommand);
        line.addSubcommand(new Completion(line, screen))
                .setOut(writer(screen.out()))
                .setErr(writer(screen.err()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(screen.colours() ? Ansi.ON : Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(screen.width())
                .setExecutionExceptionHandler((failure, _, _) -> failed(failure, screen));
        return line;
    }

    private static int usage(CommandLine line, Screen screen) {
        line.usage(screen.err());
        return CommandLine.ExitCode.USAGE;
    }

    /** One line for what an operator can mend; all of it for what only we can. */
    private static int failed(Exception failure, Screen screen) throws Exception {
        if (failure instanceof Misuse misuse) {
            screen.err().println(misuse.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        var line = Failures.line(failure);
        if (line == null) {
            throw failure;
        }
        screen.err().println(line);
        return BAD;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
