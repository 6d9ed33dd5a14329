package dev.aicore.discovery.web;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import java.util.regex.Pattern;

/** Removes the whitespace between the tokens of a JSON text. Doesn't parse numbers, so none loses a digit. */
final class JsonMinifier {

    /** Maximum number of digits of an exponent. Computing with a number of a larger exponent might never finish. */
    private static final int MAX_EXPONENT_DIGITS = 4;

    private static final Pattern EXPONENT = Pattern.compile("[0-9][eE][+-]?0*([0-9]+)");

    private JsonMinifier() {}

    /**
     * Returns the text without whitespace between its tokens.
     *
     * @param json well-formed JSON
     * @throws RegistryException {@code malformed_json} if a number has an exponent of more than four digits
     */
    static String of(String json) {
        var out = new StringBuilder(json.length());
        int from = 0;
        for (int at = 0; at < json.length(); at++) {
            char c = json.charAt(at);
            if (c == '"') {
                requirePlainNumbers(json.substring(from, at));
                int end = endOfText(json, at);
                out.append(json, at, end);
                at = end - 1;
                from = end;
            } else if (c > ' ') {
                out.append(c);
            }
        }
        requirePlainNumbers(json.substring(from));
        return out.toString();
    }

    /** Returns the index after the closing quote of the text that begins at {@code start}. */
    private static int endOfText(String json, int start) {
        int at = start + 1;
        while (json.charAt(at) != '"') {
            at += json.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static void requirePlainNumbers(String betweenTexts) {
        var exponent = EXPONENT.matcher(betweenTexts);
        while (exponent.find()) {
            if (exponent.group(1).length() > MAX_EXPONENT_DIGITS) {
                throw new RegistryException(
                        ErrorCode.MALFORMED_JSON,
                        "A number has an exponent of more than " + MAX_EXPONENT_DIGITS + " digits.",
                        new FieldError(
                                "body",
                                "has a number that is too large or too small",
                                exponent.group(),
                                "an exponent of at most 9999"));
            }
        }
    }
}
