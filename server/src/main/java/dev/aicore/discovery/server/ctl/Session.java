package dev.aicore.discovery.server.ctl;

import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/** One call of the tool: what was given, and where the answer goes. */
final class Session {

    final Options options;
    final Screen screen;

    Session(Options options, Screen screen) {
        this.options = options;
        this.screen = screen;
    }

    Api api() {
        return options.api();
    }

    /** The answer itself, or a table of it. */
    void show(JsonNode answer, Table table, String ifEmpty) {
        if (options.json()) {
            screen.json(answer);
        } else if (table.isEmpty()) {
            screen.out().println(ifEmpty);
        } else {
            table.print(screen.out());
        }
    }

    /** The answer itself, or a line about it. */
    void show(JsonNode answer, String line) {
        if (options.json()) {
            screen.json(answer);
        } else {
            screen.out().println(line);
        }
    }

    static void pause(long millis) {
        LockSupport.parkNanos(millis * 1_000_000);
        if (Thread.currentThread().isInterrupted()) {
            throw new Failed("Interrupted.");
        }
    }
}
