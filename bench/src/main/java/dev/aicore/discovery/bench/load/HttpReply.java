package dev.aicore.discovery.bench.load;

import java.util.regex.Pattern;

/**
 * Answer to a request.
 *
 * @param isGood true if its status is 2xx
 * @param body body of a good answer, at most its first 64 KiB
 */
public record HttpReply(boolean isGood, String body) {

    /** Returns the number in the pattern's first group, found in the body; -1 if there is none. */
    public long number(Pattern pattern) {
        var found = pattern.matcher(body);
        return found.find() ? Long.parseLong(found.group(1)) : -1;
    }
}
