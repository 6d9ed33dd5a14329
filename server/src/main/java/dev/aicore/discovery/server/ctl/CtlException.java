package dev.aicore.discovery.server.ctl;

/** What was asked for can't be done, or a check failed; the message is the line to show. */
final class CtlException extends RuntimeException {

    CtlException(String line) {
        super(line);
    }
}
