package dev.aicore.discovery.access;

import dev.aicore.discovery.web.TextConstraint;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Why a caller does something, as the header {@code X-Reason} or the body field {@code reason} say. */
public final class RequestReason {
    public static final String HEADER = "X-Reason";

    /** What a reason looks like, wherever it is given. */
    public static final TextConstraint RULE = TextConstraint.filled(512);

    private RequestReason() {}

    /** The reason in the header; null if there is none. */
    static @Nullable String of(ServerHttpRequest request) {
        String header = request.getHeaders().getFirst(HEADER);
        if (header == null || header.isBlank()) {
            return null;
        }
        return RULE.require(HEADER, utf8(header));
    }

    /** The server hands out each byte of a header as a character: if those bytes are UTF-8, that is what was meant. */
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
