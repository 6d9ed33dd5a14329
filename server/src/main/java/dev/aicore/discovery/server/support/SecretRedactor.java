package dev.aicore.discovery.server.support;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Replaces secrets in texts: the values of secret settings wherever they occur, and what has the form of a secret.
 * Errs on the side of replacing too much.
 */
public final class SecretRedactor {

    /** Text that replaces a secret. */
    public static final String MASK = "***";

    /** Minimum length of a value that is replaced wherever it occurs; a shorter one would replace parts of words. */
    private static final int MIN_LENGTH = 6;

    private static final List<Replacement> FORMS = List.of(
            // API keys, and JSON web tokens.
            replacement("sd_([a-z0-9]{12})_[A-Za-z0-9_-]+", "sd_$1_" + MASK),
            replacement("\\beyJ[A-Za-z0-9_-]{8,}(\\.[A-Za-z0-9_-]*){1,2}", MASK),
            // Headers with credentials, and URLs with a password.
            replacement("(?i)\\b(bearer|basic|apikey)\\s+[A-Za-z0-9._~+/=-]{6,}", "$1 " + MASK),
            replacement("(://[^/\\s:@]*):[^\\s@\"']+@", "$1:" + MASK + "@"),
            // Assignments, such as password=… and "client_secret": "…".
            replacement(
                    "(?i)([a-z0-9_.-]*(?:password|passwd|passphrase|secret|token|api[_-]?key|authorization)"
                            + "\"?\\s*[=:]\\s*\"?)(?!\\*\\*\\*|true\\b|false\\b)[^\\s\",;&)}\\]]+",
                    "$1" + MASK),
            replacement(
                    "-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)",
                    "-----PRIVATE KEY " + MASK + "-----"));

    private final List<String> values;

    /** @param secrets values of secret settings */
    public SecretRedactor(Collection<String> secrets) {
        // A longer value may contain a shorter one.
        this.values = secrets.stream()
                .filter(secret -> secret.length() >= MIN_LENGTH)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** Form of a secret, and the text that replaces it. */
    private record Replacement(Pattern form, String by) {}

    private static Replacement replacement(String form, String by) {
        return new Replacement(Pattern.compile(form), by);
    }

    /** Returns the text without secrets. */
    public String redact(String text) {
        var redacted = text;
        for (var value : values) {
            redacted = redacted.replace(value, MASK);
        }
        for (var replacement : FORMS) {
            redacted = replacement.form().matcher(redacted).replaceAll(replacement.by());
        }
        return redacted;
    }
}
