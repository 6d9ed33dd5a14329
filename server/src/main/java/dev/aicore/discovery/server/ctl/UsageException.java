package dev.aicore.discovery.server.ctl;

/** Thrown if options contradict each other or are incomplete; the message is the line to show. */
final class UsageException extends RuntimeException {

    UsageException(String line) {
        super(line);
    }
}
