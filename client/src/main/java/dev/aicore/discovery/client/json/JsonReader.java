package dev.aicore.discovery.client.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Strict parser of JSON (RFC 8259). Objects become maps, arrays lists, integers of up to 18 digits {@link Long}, other
 * numbers {@link BigDecimal}. Refuses repeated names, more than 32 levels, and numbers of more than 40 characters or
 * with an exponent of more than four digits, which are expensive to compute with.
 */
public final class JsonReader {

    private static final int MAX_DEPTH = 32;
    private static final int MAX_NUMBER = 40;
    private static final int MAX_LONG_DIGITS = 18;
    private static final Pattern NUMBER =
            Pattern.compile("-?(?:0|[1-9][0-9]*)(?<fraction>\\.[0-9]+)?(?<exponent>[eE][+-]?[0-9]{1,4})?");

    private final String text;
    private int place;
    private int depth;

    private JsonReader(String text) {
        this.text = text;
    }

    /**
     * Parses a text.
     *
     * @throws JsonFormatException if it isn't one JSON value
     */
    public static @Nullable Object parse(String text) {
        var reader = new JsonReader(text);
        Object value = reader.value();
        reader.skipBlanks();
        if (reader.place < text.length()) {
            throw reader.problem("text after the value");
        }
        return value;
    }

    /**
     * Parses an object.
     *
     * @throws JsonFormatException if the text isn't one JSON object
     */
    public static JsonObject parseObject(String text) {
        if (parse(text) instanceof Map<?, ?> map) {
            return JsonObject.of(map);
        }
        throw new JsonFormatException("an object is expected", 0);
    }

    private @Nullable Object value() {
        skipBlanks();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            case 'n' -> literal("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> object() {
        enter();
        var members = new LinkedHashMap<String, @Nullable Object>();
        skipBlanks();
        if (accept('}')) {
            depth--;
            return members;
        }
        do {
            skipBlanks();
            String name = string();
            skipBlanks();
            expect(':');
            if (members.containsKey(name)) {
                throw problem("a repeated name");
            }
            members.put(name, value());
            skipBlanks();
        } while (accept(','));
        expect('}');
        depth--;
        return members;
    }

    private List<@Nullable Object> array() {
        enter();
        var elements = new ArrayList<@Nullable Object>();
        skipBlanks();
        if (accept(']')) {
            depth--;
            return elements;
        }
        do {
            elements.add(value());
            skipBlanks();
        } while (accept(','));
        expect(']');
        depth--;
        return elements;
    }

    private void enter() {
        place++;
        if (++depth > MAX_DEPTH) {
            throw problem("more than " + MAX_DEPTH + " levels");
        }
    }

    private String string() {
        expect('"');
        int end = place;
        while (end < text.length() && isPlain(text.charAt(end))) {
            end++;
        }
        String plain = text.substring(place, end);
        place = end;
        return accept('"') ? plain : escaped(new StringBuilder(plain));
    }

    private String escaped(StringBuilder read) {
        while (!accept('"')) {
            char next = peek();
            place++;
            if (next == '\\') {
                read.append(escape());
            } else if (isPlain(next)) {
                read.append(next);
            } else {
                throw problem("a control character in a string");
            }
        }
        return read.toString();
    }

    private char escape() {
        char kind = peek();
        place++;
        return switch (kind) {
            case '"', '\\', '/' -> kind;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw problem("an unknown escape");
        };
    }

    private char unicode() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            char next = peek();
            // Character.digit accepts digits of other scripts, too.
            int digit = next < 0x80 ? Character.digit(next, 16) : -1;
            if (digit < 0) {
                throw problem("a malformed escape");
            }
            code = (code << 4) | digit;
            place++;
        }
        return (char) code;
    }

    private Object number() {
        int end = place;
        while (end < text.length() && isPartOfNumber(text.charAt(end))) {
            end++;
        }
        if (end - place > MAX_NUMBER) {
            throw problem("a number of more than " + MAX_NUMBER + " characters");
        }
        String number = text.substring(place, end);
        var match = NUMBER.matcher(number);
        if (!match.matches()) {
            throw problem("no value");
        }
        place = end;
        boolean isLong = match.group("fraction") == null
                && match.group("exponent") == null
                && number.length() <= MAX_LONG_DIGITS;
        if (isLong && !number.equals("-0")) {
            return Long.valueOf(number);
        }
        return new BigDecimal(number);
    }

    private <T extends @Nullable Object> T literal(String word, T value) {
        if (!text.startsWith(word, place)) {
            throw problem("no value");
        }
        place += word.length();
        return value;
    }

    private char peek() {
        if (place >= text.length()) {
            throw problem("an unexpected end");
        }
        return text.charAt(place);
    }

    private boolean accept(char expected) {
        if (peek() != expected) {
            return false;
        }
        place++;
        return true;
    }

    private void expect(char expected) {
        if (!accept(expected)) {
            throw problem("no '" + expected + "'");
        }
    }

    private void skipBlanks() {
        while (place < text.length() && isBlank(text.charAt(place))) {
            place++;
        }
    }

    private static boolean isBlank(char next) {
        return next == ' ' || next == '\n' || next == '\r' || next == '\t';
    }

    private static boolean isPlain(char next) {
        return next >= ' ' && next != '"' && next != '\\';
    }

    private static boolean isPartOfNumber(char next) {
        return (next >= '0' && next <= '9') || next == '-' || next == '+' || next == '.' || next == 'e' || next == 'E';
    }

    private JsonFormatException problem(String problem) {
        return new JsonFormatException(problem, place);
    }
}
