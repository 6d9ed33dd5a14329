package dev.aicore.discovery.web;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Constraint on a text. Beyond its own rule, it refuses control characters and unpaired surrogates: the former break
 * logs and stores, the latter can't be encoded.
 *
 * @param min minimum number of characters (code points), 0 or more
 * @param max maximum number of characters (code points)
 * @param form predicate on the whole text; null for any text
 * @param expected the rule in words, such as "a host name or an IP address"
 */
public record TextConstraint(int min, int max, @Nullable Predicate<String> form, String expected) {
    /** Returns a constraint to at most {@code max} characters; allows the empty text. */
    public static TextConstraint upTo(int max) {
        return new TextConstraint(0, max, null, "a string of at most " + max + " characters");
    }

    /** Returns a constraint to 1 to {@code max} characters. */
    public static TextConstraint nonEmpty(int max) {
        return new TextConstraint(1, max, null, "a string of 1 to " + max + " characters");
    }

    /**
     * Returns a constraint to texts that match the pattern; the pattern itself must bound the length, to 4,096 at most.
     */
    public static TextConstraint matching(Pattern pattern, String expected) {
        return matching(pattern.asMatchPredicate(), expected);
    }

    /** Returns a constraint to texts that match the predicate; bounds the length to 4,096 characters. */
    public static TextConstraint matching(Predicate<String> form, String expected) {
        return new TextConstraint(1, 4096, form, expected);
    }

    /**
     * Returns the value if it satisfies this constraint; for single values such as path variables and headers.
     *
     * @throws RegistryException {@code validation_failed} with the field's name if the value violates this constraint
     */
    public String require(String field, String value) {
        String problem = problem(value);
        if (problem != null) {
            throw new RegistryException(
                    ErrorCode.VALIDATION_FAILED,
                    field + " " + problem + ".",
                    new FieldError(field, problem, DisplayText.abbreviate(value), expected));
        }
        return value;
    }

    /** Returns the text's violation of this constraint, as the end of a sentence; null if there is none. */
    @Nullable
    String problem(String text) {
        String unclean = findCharacterProblem(text);
        if (unclean != null) {
            return unclean;
        }
        int length = text.codePointCount(0, text.length());
        boolean fits = length >= min && length <= max && (form == null || form.test(text));
        return fits ? null : "must be " + expected;
    }

    /** Returns the reason why no constraint allows the text, as the end of a sentence; null if there is none. */
    static @Nullable String findCharacterProblem(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                return "must not contain the control character U+%04X".formatted((int) c);
            }
        }
        return findSurrogateProblem(text);
    }

    /** Returns the reason why the text can't be encoded, as the end of a sentence; null if it can be. */
    static @Nullable String findSurrogateProblem(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return "must not contain the unpaired surrogate U+%04X".formatted((int) c);
            }
        }
        return null;
    }
}
