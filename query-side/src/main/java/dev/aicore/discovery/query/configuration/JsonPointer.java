package dev.aicore.discovery.query.configuration;

import org.jspecify.annotations.Nullable;

/**
 * A JSON Pointer (RFC 6901). Written out only where somebody is told: names are as long as callers like, and there may be thousands of
 * values under each of them.
 *
 * @param outer what it is in; null for the outermost
 * @param token its name there, escaped, or its place
 * @param length of all of it, written out
 */
record JsonPointer(@Nullable JsonPointer outer, String token, int length) {

    /** To all that there is. */
    static final JsonPointer WHOLE = new JsonPointer(null, "", 0);

    JsonPointer member(String name) {
        return to(name.replace("~", "~0").replace("/", "~1"));
    }

    JsonPointer item(int place) {
        return to(Integer.toString(place));
    }

    private JsonPointer to(String next) {
        return new JsonPointer(this, next, length + 1 + next.length());
    }

    @Override
    public String toString() {
        return written().toString();
    }

    private StringBuilder written() {
        return outer == null ? new StringBuilder() : outer.written().append('/').append(token);
    }
}
