package dev.aicore.discovery.access;

import dev.aicore.discovery.web.TextConstraint;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Reads the reason of a request from the header {@code X-Reason}, and defines its rule. The body field {@code reason}
 * has the same rule.
 */
public final class RequestReason {
    public static final String HEADER = "X-Reason";

    /** Maximum number of characters of a reason. */
    public static final int MAX_LENGTH = 512;

    /** Constraint on a reason, in the header and in a body. */
    public static final TextConstraint CONSTRAINT = TextConstraint.nonEmpty(MAX_LENGTH);

    private RequestReason() {}

    /** Returns the reason in the header; null if there is none. */
    static @Nullable String of(ServerHttpRequest request) {
        String header = request.getHeaders().getFirst(HEADER);
        if (header == null || header.isBlank()) {
            return null;
        }
        return CONSTRAINT.require(HEADER, utf8(header));
    }

    /**
     * Decodes a header, of which the server returns each byte as one character. Returns the header unchanged if its
     * bytes aren't UTF-8.
     */
    private static String utf8(String header) {
        byte[] bytes = header.getBytes(StandardCharsets.ISO_8859_1);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return header;
        }
    }
}
