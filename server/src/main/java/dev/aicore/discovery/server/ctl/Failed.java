package dev.aicore.discovery.server.ctl;

/** What was asked for can't be done, or a check failed; the message is the line to show. */
final class Failed extends RuntimeException {

    Failed(String line) {
        super(line);
    }
}
