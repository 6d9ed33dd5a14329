package dev.aicore.discovery.server.ctl;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Prints the shell completion script for these commands. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a completion script for bash, and for zsh with bashcompinit.",
            "Use: source <(./registry ctl completion)"
        })
final class CompletionCommand implements Runnable {

    private static final String LAUNCHER = "registry";

    private final CommandLine ctl;
    private final Terminal terminal;

    CompletionCommand(CommandLine ctl, Terminal terminal) {
        this.ctl = ctl;
        this.terminal = terminal;
    }

    /** Launcher command, reduced to its completable part. */
    @Command(name = LAUNCHER)
    private static final class Launcher {}

    @Override
    public void run() {
        var launcher = new CommandLine(new Launcher()).addSubcommand(CtlApplication.NAME, ctl);
        terminal.out().print(AutoComplete.bash(LAUNCHER, launcher));
    }
}
