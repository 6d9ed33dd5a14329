package dev.aicore.discovery.web;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import java.util.regex.Pattern;

/** JSON without the blanks between its parts, and otherwise as it was sent: numbers aren't read, so none loses a digit. */
final class JsonMinifier {

    /** Whoever computes with a number of more digits would take for ever. */
    private static final int MAX_EXPONENT_DIGITS = 4;

    private static final Pattern EXPONENT = Pattern.compile("[0-9][eE][+-]?0*([0-9]+)");

    private JsonMinifier() {}

    /**
     * The same without blanks.
     *
     * @param json is well-formed
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

    /** Behind the closing quote of the text that begins there. */
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
