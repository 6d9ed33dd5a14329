package dev.aicore.discovery.web;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * A successful answer that is serialized already: an {@link ApiResponse} for callers that write its JSON on their own.
 */
public final class SerializedResponse implements ResponseWriter {

    private final HttpStatusCode status;
    private final List<byte[]> json;
    private final Consumer<HttpHeaders> description;

    /**
     * Creates an answer with status 200.
     *
     * @param json an envelope like that of {@link ApiResponse}, in parts; not copied, so it must not change
     * @param meta state in that envelope
     */
    public SerializedResponse(List<byte[]> json, ApiResponse.Meta meta) {
        this(HttpStatus.OK, json, meta::describe);
    }

    private SerializedResponse(HttpStatusCode status, List<byte[]> json, Consumer<HttpHeaders> description) {
        this.status = status;
        this.json = json;
        this.description = description;
    }

    /** Returns the serialized answer, with status 200. */
    public static SerializedResponse of(ApiResponse<?> apiResponse) {
        return new SerializedResponse(List.of(ApiJson.mapper().writeValueAsBytes(apiResponse)), apiResponse.meta());
    }

    /**
     * Returns the serialized answer of a controller, with its status and headers.
     *
     * @param entity response with a body
     */
    public static SerializedResponse of(ResponseEntity<? extends ApiResponse<?>> entity) {
        var json = ApiJson.mapper().writeValueAsBytes(Objects.requireNonNull(entity.getBody()));
        return new SerializedResponse(
                entity.getStatusCode(), List.of(json), headers -> headers.putAll(entity.getHeaders()));
    }

    /** Returns the answer to a caller that already has the version of this tag: 304 without a body. */
    public static SerializedResponse notModified(String tag, long position) {
        return new SerializedResponse(
                        HttpStatus.NOT_MODIFIED,
                        List.of(),
                        headers -> headers.set(ApiResponse.POSITION, Long.toString(position)))
                .tagged(tag);
    }

    /**
     * Returns a copy with an entity tag.
     *
     * @param tag entity tag with its quotes
     */
    public SerializedResponse tagged(String tag) {
        return new SerializedResponse(status, json, headers -> {
            description.accept(headers);
            headers.setETag(tag);
        });
    }

    /** Returns this answer in the form that a controller returns. */
    public ResponseEntity<byte[]> respond() {
        var response = ResponseEntity.status(status).headers(this::describe);
        if (json.isEmpty()) {
            return response.build();
        }
        var all = ByteBuffer.allocate(length());
        json.forEach(all::put);
        return response.body(all.array());
    }

    @Override
    public String status() {
        return status == HttpStatus.OK ? "200" : Integer.toString(status.value());
    }

    @Override
    public Mono<Void> to(ServerHttpResponse response) {
        int length = length();
        var headers = response.getHeaders();
        response.setStatusCode(status);
        describe(headers);
        if (json.isEmpty()) {
            return response.setComplete();
        }
        headers.setContentLength(length);
        return response.writeWith(Mono.fromSupplier(() -> {
            // Written directly into the buffer that goes to the network.
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
        if (!json.isEmpty()) {
            headers.set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
        }
        description.accept(headers);
    }
}
