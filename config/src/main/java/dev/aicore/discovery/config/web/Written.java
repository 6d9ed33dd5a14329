package dev.aicore.discovery.config.web;

import java.nio.ByteBuffer;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** A successful answer as it goes over the network: {@link Answer} for those who wrote its JSON themselves. */
public final class Written implements Writable {

    private final List<byte[]> json;
    private final Answer.Meta meta;

    /**
     * An answer of 200.
     *
     * @param json an envelope like that of {@link Answer}, in parts; not copied, so never to be changed
     * @param meta that of the envelope
     */
    public Written(List<byte[]> json, Answer.Meta meta) {
        this.json = json;
        this.meta = meta;
    }

    /** That answer, with 200. */
    public static Written of(Answer<?> answer) {
        return new Written(List.of(Json.mapper().writeValueAsBytes(answer)), answer.meta());
    }

    /** For a controller. */
    public ResponseEntity<byte[]> respond() {
        var all = ByteBuffer.allocate(length());
        json.forEach(all::put);
        return ResponseEntity.ok().headers(this::describe).body(all.array());
    }

    @Override
    public Mono<Void> to(ServerHttpResponse response) {
        int length = length();
        var headers = response.getHeaders();
        describe(headers);
        headers.setContentLength(length);
        return response.writeWith(Mono.fromSupplier(() -> {
            // Straight into the memory that goes to the network.
            var all = response.bufferFactory().allocateBuffer(length);
            json.forEach(all::write);
            return all;
        }));
    }

    private int length() {
        int length = 0;
        for (var part : json) {
            length += part.length;
        }
        return length;
    }

    private void describe(HttpHeaders headers) {
        headers.set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
        meta.describe(headers);
    }
}
