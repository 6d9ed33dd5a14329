package dev.aicore.discovery.api.health;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Reason of a check's failure, as stored in an observation.
 *
 * @param number the number that details the failure, such as an HTTP status or an exit code, 0 to {@value #MAX_NUMBER};
 *     0 if there is none
 */
public record CheckFailureReason(CheckFailureCode failure, int number) {

    /** Largest stored number; a negative or larger number is stored as 0. */
    public static final int MAX_NUMBER = 1023;

    private static final int CODE_BITS = 4;
    private static final Pattern NUMBER = Pattern.compile(" [0-9]+\\z");

    public CheckFailureReason {
        number = number < 0 || number > MAX_NUMBER ? 0 : number;
    }

    /** Returns the reason packed into one number, larger than 0; 0 stands for a pass. */
    public int packed() {
        return number << CODE_BITS | failure.code();
    }

    /**
     * Unpacks a number that {@link #packed()} returned.
     *
     * @throws IllegalArgumentException if the number is not a failure that this version knows
     */
    public static CheckFailureReason of(int packed) {
        if (packed < 0) {
            throw new IllegalArgumentException("Unknown failure reason of a check: " + packed + ".");
        }
        return new CheckFailureReason(CheckFailureCode.ofCode(packed & ((1 << CODE_BITS) - 1)), packed >>> CODE_BITS);
    }

    /**
     * Returns the word of a reason for callers that may not see the answers of check targets, such as {@code refused},
     * or {@code failed} for {@code status 503}. Returns {@code failed} for a reason that this version doesn't know.
     *
     * @param words a reason, as {@link #text()} returns it
     */
    public static String publicText(String words) {
        var known = NUMBER.matcher(words).replaceFirst("").replace(' ', '_');
        return Arrays.stream(CheckFailureCode.values())
                .filter(failure -> failure.jsonName().equals(known))
                .findFirst()
                .map(CheckFailureCode::publicName)
                .orElse(CheckFailureCode.FAILED);
    }

    /** Returns the reason in words, such as {@code status 503}. */
    public String text() {
        var word = failure.jsonName().replace('_', ' ');
        return number == 0 ? word : word + ' ' + number;
    }
}
