package dev.aicore.discovery.access;

import dev.aicore.discovery.api.error.RegistryException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Credentials of a request: a token or a key. A request with more than one is refused, because it would be ambiguous.
 */
sealed interface Credentials {

    /** Header of API keys. */
    String KEY_HEADER = "X-API-Key";

    /**
     * Maximum number of characters. No longer token or key is valid, and the server accepts no larger headers anyway.
     */
    int MAX_LENGTH = 8_192;

    /** A JSON Web Token, not yet verified. */
    record Token(String text) implements Credentials {}

    /** An API key, not yet looked up. */
    record Key(String text) implements Credentials {}

    /**
     * Returns the credentials of a request; null if it has none.
     *
     * @throws RegistryException {@code unauthorized} if they can't be parsed, or there is more than one
     */
    static @Nullable Credentials of(HttpHeaders headers) {
        var authorization = headers.get(HttpHeaders.AUTHORIZATION);
        var keys = headers.get(KEY_HEADER);
        if (authorization == null && keys == null) {
            return null;
        }
        if (authorization != null && keys != null) {
            throw unreadable("The request has both an Authorization and an " + KEY_HEADER + ".");
        }
        return keys == null ? ofAuthorization(single(authorization)) : new Key(requireTokenSyntax(single(keys)));
    }

    private static Credentials ofAuthorization(String value) {
        int blank = value.indexOf(' ');
        var scheme = blank < 0 ? value : value.substring(0, blank);
        var rest = blank < 0 ? "" : value.substring(blank + 1);
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "bearer" -> new Token(requireTokenSyntax(rest));
            case "apikey" -> new Key(requireTokenSyntax(rest));
            default -> throw unreadable("The Authorization is neither Bearer nor ApiKey.");
        };
    }

    private static String single(@Nullable List<String> values) {
        if (values == null || values.size() != 1) {
            throw unreadable("The request has more than one credential.");
        }
        return values.getFirst();
    }

    private static String requireTokenSyntax(String text) {
        if (text.length() > MAX_LENGTH || !Plain.TEXT.matcher(text).matches()) {
            throw unreadable("The credentials don't have the syntax of a token or a key.");
        }
        return text;
    }

    private static RegistryException unreadable(String reason) {
        return AuthenticationErrors.of("The credentials of the request can't be read. " + reason);
    }

    /** Syntax of tokens and keys (RFC 6750, section 2.1, without padding). */
    final class Plain {
        static final Pattern TEXT = Pattern.compile("[A-Za-z0-9._-]+");

        private Plain() {}
    }
}
