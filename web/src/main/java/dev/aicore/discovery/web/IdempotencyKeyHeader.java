package dev.aicore.discovery.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The idempotency key of a write (header {@code Idempotency-Key}), and the hash of the write.
 *
 * @param value 1 to 255 printable ASCII characters
 * @param requestHash SHA-256 of method, path, query, preconditions and body, as lower-case hexadecimal. Parameters are
 *     ordered by their names; the body counts byte by byte.
 */
public record IdempotencyKeyHeader(String value, String requestHash) {
    public static final String HEADER = "Idempotency-Key";

    private static final TextConstraint CONSTRAINT =
            TextConstraint.matching(Pattern.compile("[ -~]{1,255}"), "1 to 255 printable ASCII characters, given once");

    /** Returns the key of a request without a body; null if it has none. */
    public static @Nullable IdempotencyKeyHeader of(ServerHttpRequest request) {
        return of(request, new byte[0]);
    }

    /** Returns the key of a request with this body; null if it has none. */
    public static @Nullable IdempotencyKeyHeader of(ServerHttpRequest request, byte[] body) {
        return of(request, () -> body);
    }

    /** Returns the key of a request; null if it has none. The body is requested only if there is a key. */
    public static @Nullable IdempotencyKeyHeader of(ServerHttpRequest request, Supplier<byte[]> body) {
        var given = request.getHeaders().get(HEADER);
        if (given == null || given.isEmpty()) {
            return null;
        }
        // Two keys are as invalid as an empty one: it isn't clear which one counts.
        var value = CONSTRAINT.require(HEADER, given.size() == 1 ? given.getFirst() : "");
        return new IdempotencyKeyHeader(value, hash(request, body.get()));
    }

    private static String hash(ServerHttpRequest request, byte[] body) {
        var uri = request.getURI();
        var headers = request.getHeaders();
        var parts = String.join(
                "\n",
                request.getMethod().name(),
                String.valueOf(uri.getRawPath()),
                canonical(uri.getRawQuery()),
                String.join(",", headers.getOrEmpty(HttpHeaders.IF_MATCH)),
                String.join(",", headers.getOrEmpty(HttpHeaders.IF_NONE_MATCH)),
                "");
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(parts.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available.", e);
        }
    }

    private static String canonical(@Nullable String query) {
        if (query == null) {
            return "";
        }
        return Arrays.stream(query.split("&", -1))
                .filter(pair -> !pair.isEmpty())
                .sorted(Comparator.comparing(pair -> pair.split("=", 2)[0]))
                .collect(Collectors.joining("&"));
    }
}
