package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.dialect.DialectMetrics;
import java.nio.charset.StandardCharsets;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Creates the replies of this dialect, and counts the requests. */
final class ConsulReplies {

    /** Name of the dialect in events and metrics. */
    static final String PROTOCOL = "consul";

    private ConsulReplies() {}

    /** Returns 200 without body once the work is done. */
    static Mono<ResponseEntity<Void>> empty(DialectMetrics metrics, String operation, Mono<?> work) {
        return counted(metrics, operation, work.thenReturn(ResponseEntity.ok().<Void>build()));
    }

    /** Returns a reply that is counted, whether it is an answer or a refusal. */
    static <T> Mono<T> counted(DialectMetrics metrics, String operation, Mono<T> reply) {
        return metrics.counting(PROTOCOL, operation, reply);
    }

    /** Returns a JSON body without an index. */
    static ResponseEntity<byte[]> json(int status, JsonNode body) {
        return json(ResponseEntity.status(status), body.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns a JSON body with the headers of a read that can be waited for.
     *
     * @param index at least 1
     */
    static ResponseEntity<byte[]> indexed(byte[] body, long index) {
        return json(indexed(ResponseEntity.ok(), index), body);
    }

    /**
     * Returns 404 without body, with the headers of a read that can be waited for.
     *
     * @param index at least 1
     */
    static ResponseEntity<byte[]> absent(long index) {
        // The server would add a problem to a failure without a type.
        return indexed(ResponseEntity.status(HttpStatus.NOT_FOUND), index)
                .contentType(MediaType.TEXT_PLAIN)
                .cacheControl(CacheControl.noStore())
                .build();
    }

    /**
     * Returns a value as it was stored. Browsers must not interpret it.
     *
     * @param index at least 1
     */
    static ResponseEntity<byte[]> raw(byte[] value, long index) {
        return indexed(ResponseEntity.ok(), index)
                .contentType(MediaType.TEXT_PLAIN)
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox")
                .cacheControl(CacheControl.noStore())
                .body(value);
    }

    /** Returns a sentence. */
    static ResponseEntity<byte[]> text(HttpStatus status, String sentence) {
        return ResponseEntity.status(status)
                .contentType(MediaType.TEXT_PLAIN)
                .body(sentence.getBytes(StandardCharsets.US_ASCII));
    }

    private static ResponseEntity.BodyBuilder indexed(ResponseEntity.BodyBuilder reply, long index) {
        return reply.header("X-Consul-Index", String.valueOf(Math.max(1, index)))
                .header("X-Consul-KnownLeader", "true")
                .header("X-Consul-LastContact", "0");
    }

    private static ResponseEntity<byte[]> json(ResponseEntity.BodyBuilder reply, byte[] body) {
        return reply.contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .body(body);
    }
}
