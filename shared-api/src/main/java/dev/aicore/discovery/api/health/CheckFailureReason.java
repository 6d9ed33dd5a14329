package dev.aicore.discovery.api.health;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Why a check failed, as an observation keeps it.
 *
 * @param number what the failure is about where that is a number, such as an HTTP status or an exit code, 0 to
 *     {@value #MAX_NUMBER}; else 0
 */
public record CheckFailureReason(CheckFailureCode failure, int number) {

    /** The largest number that is kept; a larger one counts as 0. */
    public static final int MAX_NUMBER = 1023;

    private static final int CODE_BITS = 4;
    private static final Pattern NUMBER = Pattern.compile(" [0-9]+\\z");

    public CheckFailureReason {
        number = number < 0 || number > MAX_NUMBER ? 0 : number;
    }

    /** In one number, larger than 0, which stands for a pass. */
    public int packed() {
        return number << CODE_BITS | failure.code();
    }

    /**
     * The opposite of {@link #packed()}.
     *
     * @throws IllegalArgumentException if it stands for no failure that this version knows
     */
    public static CheckFailureReason of(int packed) {
        if (packed < 0) {
            throw new IllegalArgumentException("A check that failed for reason " + packed + ".");
        }
        return new CheckFailureReason(CheckFailureCode.ofCode(packed & ((1 << CODE_BITS) - 1)), packed >>> CODE_BITS);
    }

    /**
     * What everybody may know of a reason in words, such as {@code refused}, or {@code failed} for {@code status 503}; also for one that
     * this version doesn't know.
     */
    public static String publicWords(String words) {
        var known = NUMBER.matcher(words).replaceFirst("").replace(' ', '_');
        return Arrays.stream(CheckFailureCode.values())
                .filter(failure -> failure.word().equals(known))
                .findFirst()
                .map(CheckFailureCode::publicWord)
                .orElse(CheckFailureCode.FAILED);
    }

    /** As it is shown, such as {@code status 503}. */
    public String words() {
        var word = failure.word().replace('_', ' ');
        return number == 0 ? word : word + ' ' + number;
    }
}
