package dev.aicore.discovery.command.configuration;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import com.networknt.schema.regex.RegularExpressions;
import java.util.regex.Pattern;

/** Java's regular expressions, which may take for ever, over text that can be looked at only so often. */
final class BoundedPatterns implements RegularExpressionFactory {

    private final Budget budget;

    BoundedPatterns(Budget budget) {
        this.budget = budget;
    }

    @Override
    public RegularExpression getRegularExpression(String regex) {
        var pattern = Pattern.compile(
                RegularExpressions.replaceLongformCharacterProperties(RegularExpressions.replaceDollarAnchors(regex)));
        return text -> pattern.matcher(new Text(text, budget)).find();
    }

    private record Text(CharSequence text, Budget budget) implements CharSequence {

        @Override
        public char charAt(int index) {
            budget.character();
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Text(text.subSequence(start, end), budget);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
