package dev.aicore.discovery.server.ctl;

/** Words that don't make sense together; the message is the line to show. */
final class UsageException extends RuntimeException {

    UsageException(String line) {
        super(line);
    }
}
