package dev.aicore.discovery.server.ctl;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** Main command of the tool: parses the arguments, runs a command and returns the exit code. */
@Command(
        name = CtlApplication.NAME,
        description = "Administers a running registry over its API, or the database of a stopped one.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the registry refused the request, a check failed, or the output couldn't be written",
            "2:invalid usage"
        },
        footer = {"", "Every command takes --url, --token, --api-key and --output; see `COMMAND --help`."})
public final class CtlApplication {

    /** Name of the command. */
    public static final String NAME = "ctl";

    private static final int FAILURE = 1;

    private CtlApplication() {}

    /**
     * Runs a command.
     *
     * @param words arguments after {@value #NAME}
     * @param environment environment variables that may contain addresses and secrets
     * @return 0 if it was done, 1 if the registry refused, a check failed or {@code out} couldn't be written, 2 if the
     *     arguments weren't understood
     */
    public static int run(List<String> words, Map<String, String> environment, PrintStream out, PrintStream err) {
        var terminal = Terminal.of(out, err, environment);
        var line = commandLine(new CommonOptions(environment), terminal);
        int code = words.isEmpty() ? usage(line, terminal) : line.execute(words.toArray(String[]::new));
        return code == CommandLine.ExitCode.OK ? checkOutput(terminal) : code;
    }

    /** Returns an error code if output was lost, which a {@code PrintStream} reports only on request. */
    private static int checkOutput(Terminal terminal) {
        if (!terminal.out().checkError()) {
            return CommandLine.ExitCode.OK;
        }
        terminal.err().println("Failed to write the output.");
        return FAILURE;
    }

    static CommandLine commandLine(CommonOptions commonOptions, Terminal terminal) {
        var ctlContext = new CtlContext(commonOptions, terminal);
        var line = new CommandLine(new CtlApplication())
                .addMixin("options", commonOptions)
                .addSubcommand(new CommandLine(new ProjectionCommands(ctlContext))
                        .addSubcommand(new ProjectionCommands.DeadLetters(ctlContext)))
                .addSubcommand(new StoreCommands(ctlContext))
                .addSubcommand(new BridgeCommands(ctlContext))
                .addSubcommand(new ApiKeyCommands(ctlContext))
                .addSubcommand(new ConfigurationCommands(ctlContext));
        List.of(
                        new ServicesCommand(ctlContext),
                        new HistoryCommand(ctlContext),
                        new AuditCommand(ctlContext),
                        new DiffCommand(ctlContext),
                        new TimelineCommand(ctlContext),
                        new ExportCommand(ctlContext),
                        new SupportBundleCommand(ctlContext),
                        new LogLevelCommand(ctlContext),
                        new ReplayCommand(ctlContext),
                        new CdsTrainingRun(ctlContext))
                .forEach(line::addSubcommand);
        line.addSubcommand(new CompletionCommand(line, terminal))
                .setOut(writer(terminal.out()))
                .setErr(writer(terminal.err()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colours() ? Ansi.ON : Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(terminal.width())
                .setExecutionExceptionHandler((failure, _, _) -> failed(failure, terminal));
        return line;
    }

    private static int usage(CommandLine line, Terminal terminal) {
        line.usage(terminal.err());
        return CommandLine.ExitCode.USAGE;
    }

    /** Prints one line for a failure that an operator can fix; rethrows a defect of the tool. */
    private static int failed(Exception failure, Terminal terminal) throws Exception {
        if (failure instanceof UsageException usageException) {
            terminal.err().println(usageException.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        var line = FailureFormatter.line(failure);
        if (line == null) {
            throw failure;
        }
        terminal.err().println(line);
        return FAILURE;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
