package dev.aicore.discovery.command.configuration;

/**
 * Computes an upper bound of the regex engine's steps between two character reads; it bounds backtracking over empty
 * matches. Parses the syntax of {@code java.util.regex} and assumes a valid pattern.
 */
final class RegexCost {

    private static final String ANCHORS = "bBAGZzk";

    private final String pattern;
    private int at;
    private boolean supported = true;

    private RegexCost(String pattern) {
        this.pattern = pattern;
    }

    /** Returns the bound; infinite if the pattern is not understood. */
    static double of(String pattern) {
        var reading = new RegexCost(pattern);
        var whole = reading.alternatives();
        return reading.supported && reading.isAtEnd() ? whole.weight() : Double.POSITIVE_INFINITY;
    }

    private RegexNode alternatives() {
        var all = sequence();
        while (consumeIf("|")) {
            all = all.or(sequence());
        }
        return all;
    }

    private RegexNode sequence() {
        var all = RegexNode.EMPTY;
        while (!isAtEnd() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
            all = all.then(parseRepetitions(single()));
        }
        return all;
    }

    private RegexNode parseRepetitions(RegexNode once) {
        var all = once;
        while (true) {
            double min;
            boolean more = true;
            if (consumeIf("*") || consumeIf("?")) {
                min = 0;
            } else if (consumeIf("+")) {
                min = 1;
            } else if (consumeIf("{")) {
                min = number();
                more = consumeIf(",");
                skipPast('}');
            } else {
                return all;
            }
            boolean _ = consumeIf("?") || consumeIf("+");
            all = all.repeat(min, more);
        }
    }

    private RegexNode single() {
        int character = pattern.codePointAt(at);
        at += Character.charCount(character);
        return switch (character) {
            case '(' -> group();
            case '[' -> anyOf();
            case '\\' -> escaped();
            case '^', '$' -> RegexNode.ANCHOR;
            default -> RegexNode.CHARACTER;
        };
    }

    private RegexNode group() {
        boolean aside = consumeIf("?=") || consumeIf("?!") || consumeIf("?<=") || consumeIf("?<!");
        if (!aside && consumeIf("?<")) {
            skipPast('>');
        } else if (!aside && consumeIf("?") && !consumeIf(">")) {
            flags();
        }
        var within = alternatives();
        skipPast(')');
        return aside ? within.asLookaround() : within.grouped();
    }

    /** Skips flags. With flag x white space and comments are ignored, which is not understood. */
    private void flags() {
        while (!isAtEnd() && pattern.charAt(at) != ')' && !consumeIf(":")) {
            supported &= pattern.charAt(at++) != 'x';
        }
    }

    /** Skips a character class. A closing bracket at its start is a member of the class. */
    private RegexNode anyOf() {
        boolean _ = consumeIf("^]") || consumeIf("^") || consumeIf("]");
        while (!isAtEnd() && !consumeIf("]")) {
            char next = pattern.charAt(at++);
            if (next == '[') {
                var _ = anyOf();
            } else if (next == '\\') {
                var _ = escaped();
            }
        }
        return RegexNode.CHARACTER;
    }

    private RegexNode escaped() {
        int kind = pattern.codePointAt(at);
        at += Character.charCount(kind);
        switch (kind) {
            case 'Q' -> supported = false; // the following text is literal
            case 'b' -> consumeIf("{g}");
            case 'k' -> skipPast('>');
            case 'p', 'P', 'N', 'x' -> skipBracesOr(kind == 'x' ? 2 : 1);
            case 'u' -> unit();
            case 'c' -> at++;
            case '0' -> number();
            default -> {
                if (Character.isDigit(kind)) {
                    number();
                    return RegexNode.ANCHOR;
                }
            }
        }
        return ANCHORS.indexOf(kind) >= 0 ? RegexNode.ANCHOR : RegexNode.CHARACTER;
    }

    private void skipBracesOr(int length) {
        if (consumeIf("{")) {
            skipPast('}');
        } else {
            at += length;
        }
    }

    /** Skips a UTF-16 unit. Both units of a surrogate pair are one character. */
    private void unit() {
        boolean high = Character.isHighSurrogate((char) Integer.parseInt(pattern, at, at + 4, 16));
        at += 4;
        if (high && consumeIf("\\u")) {
            at += 4;
        }
    }

    private double number() {
        double number = 0;
        while (!isAtEnd() && Character.isDigit(pattern.charAt(at))) {
            number = number * 10 + Character.digit(pattern.charAt(at++), 10);
        }
        return number;
    }

    private boolean consumeIf(String expected) {
        boolean there = pattern.startsWith(expected, at);
        if (there) {
            at += expected.length();
        }
        return there;
    }

    private void skipPast(char end) {
        int found = pattern.indexOf(end, at);
        supported &= found >= 0;
        at = found < 0 ? pattern.length() : found + 1;
    }

    private boolean isAtEnd() {
        return at >= pattern.length();
    }
}
