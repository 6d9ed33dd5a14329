package dev.aicore.discovery.access;

import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.web.AsciiSet;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Credentials of a request: a token or a key. A request with more than one is refused, because it would be ambiguous.
 */
sealed interface Credentials {

    /** Header of API keys. */
    String KEY_HEADER = "X-API-Key";

    /** Beginning of the paths of Consul's protocol. */
    String CONSUL_PATHS = "/v1/";

    /** Header of keys and tokens in Consul's protocol. */
    String CONSUL_TOKEN_HEADER = "X-Consul-Token";

    /**
     * Maximum number of characters. No longer token or key is valid, and the server accepts no larger headers anyway.
     */
    int MAX_LENGTH = 8_192;

    /** Returns the secret text of the token or key. */
    String text();

    /** A JSON Web Token, not yet verified. */
    record Token(String text) implements Credentials {}

    /** An API key, not yet looked up. */
    record Key(String text) implements Credentials {}

    /**
     * Returns the credentials of a request: those of its headers, or in Consul's protocol the parameter {@code token};
     * null if it has none.
     *
     * @throws RegistryException {@code unauthorized} if they can't be parsed, or there is more than one
     */
    static @Nullable Credentials of(ServerHttpRequest request) {
        var credentials = of(request.getHeaders());
        if (credentials != null || !request.getURI().getRawPath().startsWith(CONSUL_PATHS)) {
            return credentials;
        }
        var tokens = request.getQueryParams().get("token");
        return tokens == null || isEmpty(tokens) ? null : ofSecret(single(tokens));
    }

    /** Returns true for the one empty value that clients without a token send. */
    private static boolean isEmpty(List<String> tokens) {
        return tokens.size() == 1
                && Objects.requireNonNullElse(tokens.getFirst(), "").isEmpty();
    }

    /**
     * Returns the credentials of a request's headers; null if it has none.
     *
     * @throws RegistryException {@code unauthorized} if they can't be parsed, or there is more than one
     */
    static @Nullable Credentials of(HttpHeaders headers) {
        var authorization = headers.get(HttpHeaders.AUTHORIZATION);
        var keys = headers.get(KEY_HEADER);
        var consulTokens = consulTokens(headers);
        int given = (authorization == null ? 0 : 1) + (keys == null ? 0 : 1) + (consulTokens == null ? 0 : 1);
        if (given == 0) {
            return null;
        }
        if (given > 1) {
            throw unreadable("The request has more than one of Authorization, " + KEY_HEADER + " and "
                    + CONSUL_TOKEN_HEADER + ".");
        }
        if (consulTokens != null) {
            return ofSecret(single(consulTokens));
        }
        return keys == null ? ofAuthorization(single(authorization)) : new Key(requireTokenSyntax(single(keys)));
    }

    /** Returns true if the request has Basic credentials, which browsers send on behalf of pages of other sites. */
    static boolean areBasic(HttpHeaders headers) {
        var authorization = headers.getFirst(HttpHeaders.AUTHORIZATION);
        return authorization != null && authorization.regionMatches(true, 0, "basic ", 0, 6);
    }

    /** Returns the tokens of a Consul client; null if there are none. Clients without a token send an empty one. */
    private static @Nullable List<String> consulTokens(HttpHeaders headers) {
        var sent = headers.get(CONSUL_TOKEN_HEADER);
        return sent == null || isEmpty(sent) ? null : sent;
    }

    private static Credentials ofAuthorization(String value) {
        int blank = value.indexOf(' ');
        var scheme = blank < 0 ? value : value.substring(0, blank);
        var rest = blank < 0 ? "" : value.substring(blank + 1);
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "bearer" -> new Token(requireTokenSyntax(rest));
            case "apikey" -> new Key(requireTokenSyntax(rest));
            case "basic" -> ofBasic(rest);
            default -> throw unreadable("The Authorization is none of Bearer, ApiKey and Basic.");
        };
    }

    /**
     * Parses Basic credentials (RFC 7617). The password is a key or a token, and the user name is free; without a
     * password, the user name is the key or the token.
     */
    private static Credentials ofBasic(String encoded) {
        if (encoded.length() > 2 * MAX_LENGTH) {
            throw unreadable("The Basic credentials are too long.");
        }
        String decoded;
        try {
            decoded = new String(Base64.getDecoder().decode(encoded.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw unreadable("The Basic credentials are not Base64.");
        }
        int colon = decoded.indexOf(':');
        if (colon < 0) {
            throw unreadable("The Basic credentials have no colon.");
        }
        return ofSecret(colon == decoded.length() - 1 ? decoded.substring(0, colon) : decoded.substring(colon + 1));
    }

    /**
     * Returns a token if the text has its three parts, and a key otherwise: keys contain no dot.
     *
     * @throws RegistryException {@code unauthorized} if the text has the syntax of neither
     */
    static Credentials ofSecret(String text) {
        var plain = requireTokenSyntax(text);
        return plain.indexOf('.') < 0 ? new Key(plain) : new Token(plain);
    }

    private static String single(@Nullable List<String> values) {
        if (values == null || values.size() != 1) {
            throw unreadable("The request has more than one credential.");
        }
        return values.getFirst();
    }

    private static String requireTokenSyntax(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH || !Plain.CHARACTERS.containsAll(text)) {
            throw unreadable("The credentials don't have the syntax of a token or a key.");
        }
        return text;
    }

    private static RegistryException unreadable(String reason) {
        return AuthenticationErrors.of("The credentials of the request can't be read. " + reason);
    }

    /** Characters of tokens and keys (RFC 6750, section 2.1, without padding). */
    final class Plain {
        static final AsciiSet CHARACTERS = AsciiSet.of("[A-Za-z0-9._-]");

        private Plain() {}
    }
}
