package dev.aicore.discovery.server.ctl;

/** Thrown if a request can't be fulfilled, or a check failed; the message is the line to show. */
final class CtlException extends RuntimeException {

    CtlException(String line) {
        super(line);
    }
}
