package dev.aicore.discovery.server.ctl;

import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/** Context of one invocation: its options and its output. */
final class CtlContext {

    final CommonOptions commonOptions;
    final Terminal terminal;

    CtlContext(CommonOptions commonOptions, Terminal terminal) {
        this.commonOptions = commonOptions;
        this.terminal = terminal;
    }

    CtlHttpClient api() {
        return commonOptions.api();
    }

    /** Prints the JSON answer or a table of it, depending on the options. */
    void show(JsonNode answer, TextTable textTable, String ifEmpty) {
        if (commonOptions.json()) {
            terminal.json(answer);
        } else if (textTable.isEmpty()) {
            terminal.out().println(ifEmpty);
        } else {
            textTable.print(terminal.out());
        }
    }

    /** Prints the JSON answer or a line about it, depending on the options. */
    void show(JsonNode answer, String line) {
        if (commonOptions.json()) {
            terminal.json(answer);
        } else {
            terminal.out().println(line);
        }
    }

    static void pause(long millis) {
        LockSupport.parkNanos(millis * 1_000_000);
        if (Thread.currentThread().isInterrupted()) {
            throw new CtlException("Interrupted.");
        }
    }
}
