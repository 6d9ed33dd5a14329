package dev.aicore.discovery.command.configuration;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import com.networknt.schema.regex.RegularExpressions;
import java.util.regex.Pattern;

/**
 * Applies Java's regular expressions, which may take unbounded time, to text whose character reads are charged to the
 * budget. The number of steps between two reads has an upper bound that depends on the pattern; a higher bound
 * increases the charge of each read.
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
        var pattern = Pattern.compile(java);
        double steps = RegexCost.of(java);
        if (steps > MAX_STEPS) {
            throw new ValidationBudget.Exhausted("one of its patterns may repeat an empty match in more than "
                    + MAX_STEPS + " steps, or is not a JavaScript pattern");
        }
        long beside = (long) steps / REGEX_STEPS_PER_STEP;
        return text -> {
            validationBudget.characters(1, 1);
            validationBudget.characters(text.length() + 1L, beside);
            return pattern.matcher(new Text(text, validationBudget, 1 + beside)).find();
        };
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
