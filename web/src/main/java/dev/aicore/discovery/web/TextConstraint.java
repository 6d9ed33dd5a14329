package dev.aicore.discovery.web;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a piece of text must look like. Whatever the rule, text never holds a control character or half of a surrogate pair:
 * the first break logs and stores, the second cannot be encoded.
 *
 * @param min fewest characters (code points), 0 or more
 * @param max most characters (code points)
 * @param form of the whole text; null for anything
 * @param expected the rule in words, such as "a host name or an IP address"
 */
public record TextConstraint(int min, int max, @Nullable Predicate<String> form, String expected) {
    /** A rule for anything of at most {@code max} characters, the empty text included. */
    public static TextConstraint upTo(int max) {
        return new TextConstraint(0, max, null, "a string of at most " + max + " characters");
    }

    /** A rule for anything of 1 to {@code max} characters. */
    public static TextConstraint filled(int max) {
        return new TextConstraint(1, max, null, "a string of 1 to " + max + " characters");
    }

    /** A rule for text that matches the pattern; the pattern itself must bound the length, to 4,096 at most. */
    public static TextConstraint matching(Pattern pattern, String expected) {
        return matching(pattern.asMatchPredicate(), expected);
    }

    /** The same for text of that form. */
    public static TextConstraint matching(Predicate<String> form, String expected) {
        return new TextConstraint(1, 4096, form, expected);
    }

    /**
     * The value itself, for single values such as path variables and headers.
     *
     * @throws RegistryException {@code validation_failed} with the field's name if the value breaks this rule
     */
    public String require(String field, String value) {
        String problem = problem(value);
        if (problem != null) {
            throw new RegistryException(
                    ErrorCode.VALIDATION_FAILED,
                    field + " " + problem + ".",
                    new FieldError(field, problem, DisplayText.text(value), expected));
        }
        return value;
    }

    /** Why the text breaks this rule, as the end of a sentence; null if it does not. */
    @Nullable
    String problem(String text) {
        String unclean = uncleanness(text);
        if (unclean != null) {
            return unclean;
        }
        int length = text.codePointCount(0, text.length());
        boolean fits = length >= min && length <= max && (form == null || form.test(text));
        return fits ? null : "must be " + expected;
    }

    /** Why no text of ours may look like this, as the end of a sentence; null if it may. */
    static @Nullable String uncleanness(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                return "must not contain the control character U+%04X".formatted((int) c);
            }
        }
        return brokenness(text);
    }

    /** Why a text can't be encoded, as the end of a sentence; null if it can. */
    static @Nullable String brokenness(String text) {
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
