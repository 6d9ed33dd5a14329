package dev.aicore.discovery.web.json;

import org.jspecify.annotations.Nullable;

/**
 * JSON Pointer (RFC 6901) as a linked list. The text is built only for output: names may be arbitrarily long, and each
 * may have thousands of values below it. Jackson's {@code JsonPointer} copies and parses its whole text with each
 * appended name.
 *
 * @param outer pointer to the enclosing value; null for the root
 * @param token escaped member name or array index; empty for the root
 * @param length of the whole pointer's text in characters
 */
record JsonPointer(@Nullable JsonPointer outer, String token, int length) {

    /** Pointer to the whole document. */
    static final JsonPointer ROOT = new JsonPointer(null, "", 0);

    JsonPointer member(String name) {
        return to(name.replace("~", "~0").replace("/", "~1"));
    }

    JsonPointer element(int place) {
        return to(Integer.toString(place));
    }

    private JsonPointer to(String next) {
        return new JsonPointer(this, next, length + 1 + next.length());
    }

    @Override
    public String toString() {
        return render().toString();
    }

    private StringBuilder render() {
        return outer == null ? new StringBuilder() : outer.render().append('/').append(token);
    }
}
