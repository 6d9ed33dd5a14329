package dev.aicore.discovery.bench.load;

import java.util.regex.Pattern;

/**
 * An answer.
 *
 * @param isGood if its status is 2xx
 * @param body of a good one; at most its first 64 KiB
 */
public record HttpReply(boolean isGood, String body) {

    /** Returns the number that the pattern's first group finds in the body; -1 if there is none. */
    public long number(Pattern pattern) {
        var found = pattern.matcher(body);
        return found.find() ? Long.parseLong(found.group(1)) : -1;
    }
}
