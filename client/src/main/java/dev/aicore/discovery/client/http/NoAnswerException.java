package dev.aicore.discovery.client.http;

import java.io.IOException;
import java.time.Duration;

/** Signals that no node answered a request, or that all answered that they can't for now. */
public final class NoAnswerException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    NoAnswerException(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    /** Returns the time that the registry requires before the next attempt; zero if it requires none. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
