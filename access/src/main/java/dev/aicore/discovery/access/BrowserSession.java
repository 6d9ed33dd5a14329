package dev.aicore.discovery.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Session of a browser, as its cookie contains it in sealed form. The server stores none: the number of sessions is
 * unbounded because a session occupies no memory.
 *
 * @param id random id, which identifies the session without being secret
 * @param startedAt time of the sign-in
 * @param expiresAt end of the session, at most that of the credential
 * @param credential API key or token
 */
record BrowserSession(String id, Instant startedAt, Instant expiresAt, String credential) {

    private static final String SEPARATOR = " ";

    /** Returns the text form, in which no part contains the separator. */
    String format() {
        return String.join(
                SEPARATOR,
                id,
                Long.toString(startedAt.toEpochMilli()),
                Long.toString(expiresAt.toEpochMilli()),
                credential);
    }

    /** Parses the text form; null if it isn't one. */
    static @Nullable BrowserSession parse(String text) {
        var parts = text.split(SEPARATOR, -1);
        if (parts.length != 4) {
            return null;
        }
        try {
            return new BrowserSession(
                    parts[0],
                    Instant.ofEpochMilli(Long.parseLong(parts[1])),
                    Instant.ofEpochMilli(Long.parseLong(parts[2])),
                    parts[3]);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Returns a text without the credential. */
    @Override
    public String toString() {
        return "BrowserSession[" + id + ", " + startedAt + ", " + expiresAt + "]";
    }
}
