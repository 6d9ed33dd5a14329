package dev.aicore.discovery.command.configuration;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import com.networknt.schema.regex.RegularExpressions;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Applies Java's regular expressions, which may take unbounded time, to text whose character reads are charged to the
 * budget. The number of steps between two reads has an upper bound that depends on the pattern; a higher bound
 * increases the charge of each read. RE2/J would match in linear time, but knows no look-around, which stored schemas
 * may have, and compiles nested repetitions to programs of unbounded size (ADR 21).
 */
final class CostLimitedRegex implements RegularExpressionFactory {

    private static final int MAX_STEPS = 100_000;

    /** Number of the regex engine's steps that take as long as one character read. */
    private static final int REGEX_STEPS_PER_STEP = 100;

    private final ValidationBudget validationBudget;

    CostLimitedRegex(ValidationBudget validationBudget) {
        this.validationBudget = validationBudget;
    }

    @Override
    public RegularExpression getRegularExpression(String regex) {
        var java =
                RegularExpressions.replaceLongformCharacterProperties(RegularExpressions.replaceDollarAnchors(regex));
        var pattern = compile(regex, java);
        double steps = RegexCost.of(java);
        if (steps > MAX_STEPS) {
            throw new UnusablePattern(
                    regex,
                    "one of its patterns may repeat an empty match in more than " + MAX_STEPS
                            + " steps, or is not a JavaScript pattern");
        }
        long beside = (long) steps / REGEX_STEPS_PER_STEP;
        return text -> {
            try {
                validationBudget.characters(1, 1);
                validationBudget.characters(text.length() + 1L, beside);
                return pattern.matcher(new Text(text, validationBudget, 1 + beside))
                        .find();
            } catch (ValidationBudget.Exhausted e) {
                throw new UnusablePattern(regex, String.valueOf(e.getMessage()));
            }
        };
    }

    private static Pattern compile(String regex, String java) {
        try {
            return Pattern.compile(java);
        } catch (PatternSyntaxException e) {
            throw new UnusablePattern(regex, "one of its patterns is invalid: " + e.getDescription());
        }
    }

    /** Reports a pattern that is invalid, or during which the budget was exhausted. */
    static final class UnusablePattern extends RuntimeException {

        private final String pattern;

        UnusablePattern(String pattern, String what) {
            super(what, null, false, false);
            this.pattern = pattern;
        }

        String pattern() {
            return pattern;
        }
    }

    private record Text(CharSequence text, ValidationBudget budget, long weight) implements CharSequence {

        @Override
        public char charAt(int index) {
            budget.characters(1, weight);
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Text(text.subSequence(start, end), budget, weight);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
