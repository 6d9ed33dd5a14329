package dev.aicore.discovery.server.fuzz;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Generates values that often break programs. */
final class HostileValues {

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            ".",
            "..",
            "../../etc/passwd",
            "a".repeat(129),
            "a".repeat(2_000),
            "'; DROP TABLE models.instances; --",
            "\" OR 1=1",
            "${jndi:ldap://localhost/x}",
            "#{7*7}",
            "<script>alert(1)</script>",
            "-1",
            "0",
            "00",
            "1.5",
            "1e400",
            "NaN",
            "2147483648",
            "9223372036854775808",
            "99999999999999999999999999",
            "null",
            "true",
            "[]",
            "{}",
            "*",
            "\"",
            "\\",
            "a\nb",
            "a\r\nX-Injected: 1",
            "a\tb",
            "%s%n%x",
            "\uFEFFx",
            "\u202Egnp",
            "e\u0301\uD83D\uDE00",
            "\uFFFF",
            "K\u0130",
            "2026-02-30T25:61:00Z",
            "-99999999d",
            "0001-01-01T00:00:00Z",
            "=,;&?/");

    /** Escapes that no encoder produces from text. */
    private static final List<String> ESCAPES =
            List.of("%00", "%C0%AF", "%ED%A0%80", "%FF", "%2e%2e", "%2F", "%25", ";a=b");

    private static final List<String> JSON = List.of(
            "null",
            "true",
            "-1",
            "0",
            "1e999",
            "99999999999999999999999999999999999999",
            "0.1",
            "\"\"",
            "\" \"",
            "[]",
            "{}",
            "[[[[[[[[]]]]]]]]",
            "[null]",
            "{\"\":null}",
            "{\"a\":1,\"a\":2}",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\u202e\"",
            "[1,\"2\",{}]",
            "[".repeat(40) + "]".repeat(40));

    private final Random random;

    HostileValues(Random random) {
        this.random = random;
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    boolean chance(double of) {
        return random.nextDouble() < of;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    String text() {
        return one(TEXTS);
    }

    /** Returns a value escaped for a path or a query. */
    String escaped() {
        return chance(0.2) ? one(ESCAPES) : escape(text());
    }

    static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Returns a value for a header, restricted to the characters that clients accept. */
    String header() {
        return text().replaceAll("[^\\x20-\\x7E]", "?").strip();
    }

    String json() {
        return chance(0.3) ? quoted(text()) : one(JSON);
    }

    static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
