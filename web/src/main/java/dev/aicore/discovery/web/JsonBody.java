package dev.aicore.discovery.web;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.web.IncompleteBodyLimit.IncompleteBody;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a request, a JSON object. A controller takes it as an argument and reads it once.
 *
 * <p>Fails with {@link RegistryException}:
 *
 * <ul>
 *   <li>{@code body_too_large} by declared length or while it arrives;
 *   <li>{@code unsupported_media_type} unless it is {@code application/json}, or another type that the route takes, in
 *       UTF-8 without a content encoding;
 *   <li>{@code malformed_json} if it isn't strictly one JSON value;
 *   <li>{@code validation_failed} if the value isn't an object;
 *   <li>{@code request_timeout} if it doesn't arrive in time;
 *   <li>{@code bad_request} if the connection ends before it is complete;
 *   <li>{@code overloaded} if too many bytes of bodies are arriving;
 *   <li>{@code unknown_parameter} for each query parameter, because no route takes both a body and query parameters.
 * </ul>
 */
public final class JsonBody {
    /** Maximum number of bytes of a body, unless a route has another one: 64 KiB. */
    public static final int MAX_BYTES = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(JsonBody.class);
    private static final List<MediaType> JSON = List.of(MediaType.APPLICATION_JSON);
    private static final List<MediaType> JSON_OR_PATCH =
            List.of(MediaType.APPLICATION_JSON, new MediaType("application", "merge-patch+json"));

    private final ServerHttpRequest request;
    private final Duration timeout;
    private final IncompleteBodyLimit bodyLimit;
    private volatile byte[] bytesRead = {};

    /**
     * Creates the body of a request.
     *
     * @param timeout time within which the whole body must arrive
     */
    JsonBody(ServerHttpRequest request, Duration timeout, IncompleteBodyLimit bodyLimit) {
        this.request = request;
        this.timeout = timeout;
        this.bodyLimit = bodyLimit;
    }

    /** Reads the fields of a required body of at most {@link #MAX_BYTES}. */
    public Mono<JsonFields> required() {
        return required(MAX_BYTES);
    }

    /** Reads the fields of a required body of at most {@code maxBytes}. */
    public Mono<JsonFields> required(int maxBytes) {
        return read(maxBytes, JSON).switchIfEmpty(Mono.fromSupplier(() -> parse(new byte[0])));
    }

    /**
     * Reads the fields of a required body of at most {@link #MAX_BYTES}, which may also be
     * {@code application/merge-patch+json}.
     */
    public Mono<JsonFields> patch() {
        return read(MAX_BYTES, JSON_OR_PATCH).switchIfEmpty(Mono.fromSupplier(() -> parse(new byte[0])));
    }

    /**
     * Reads the text of a required body of at most {@link #MAX_BYTES}: a JSON object without whitespace between its
     * tokens, with every number and text unchanged. For content that the registry stores and doesn't interpret.
     */
    public Mono<String> objectText() {
        return required()
                .map(JsonFields::requireStorable)
                .map(_ -> JsonMinifier.of(new String(bytesRead, StandardCharsets.UTF_8)));
    }

    /**
     * Returns the text of a JSON object in the form of {@link #objectText()}.
     *
     * @throws RegistryException {@code body_too_large} above {@link #MAX_BYTES}, {@code malformed_json} or
     *     {@code validation_failed}
     */
    public static String objectText(byte[] json) {
        if (json.length > MAX_BYTES) {
            throw tooLarge(json.length + " bytes", MAX_BYTES);
        }
        parse(json).requireStorable();
        return JsonMinifier.of(new String(json, StandardCharsets.UTF_8));
    }

    /** Reads the fields of an optional body of at most {@link #MAX_BYTES}; no fields if there is none. */
    public Mono<JsonFields> optional() {
        return read(MAX_BYTES, JSON).switchIfEmpty(Mono.fromSupplier(JsonFields::empty));
    }

    /**
     * Reads the bytes of a body of any media type, for protocols that aren't JSON or don't name it; empty if there is
     * no body.
     *
     * @return fails with {@code unsupported_media_type} only for a content encoding
     */
    public Mono<byte[]> bytes(int maxBytes) {
        return receive(maxBytes)
                .doOnNext(_ -> requireIdentity(request.getHeaders()))
                .defaultIfEmpty(new byte[0]);
    }

    /**
     * Returns the idempotency key of this write; null if the caller sent none. Call it after the body was read, because
     * the key's hash includes the body. Routes that read no body call it at once; the hash then includes an empty one.
     *
     * @throws RegistryException {@code validation_failed} if the header is malformed
     */
    public @Nullable IdempotencyKeyHeader idempotencyKey() {
        return IdempotencyKeyHeader.of(request, bytesRead);
    }

    private Mono<JsonFields> read(int maxBytes, List<MediaType> types) {
        return Mono.defer(() -> {
            QueryParameters.of(request).validate();
            return receive(maxBytes).map(bytes -> parseTyped(bytes, types));
        });
    }

    /** Receives the body; empty if it has no bytes. */
    private Mono<byte[]> receive(int maxBytes) {
        return Mono.defer(() -> {
            long declared = request.getHeaders().getContentLength();
            if (declared > maxBytes) {
                return Mono.error(tooLarge(declared + " bytes", maxBytes));
            }
            if (declared == 0) {
                // An empty body needs no waiting.
                return Mono.empty();
            }
            return Mono.using(
                            () -> bodyLimit.begin(request),
                            arriving -> receive(arriving, maxBytes),
                            IncompleteBody::end)
                    .doOnNext(bytes -> bytesRead = bytes)
                    .filter(bytes -> bytes.length > 0);
        });
    }

    /** Copies the body out of the network's buffers, which are much larger than the parts that slow callers send. */
    private Mono<byte[]> receive(IncompleteBody arriving, int maxBytes) {
        return LogContext.resume(
                request,
                request.getBody()
                        .reduce(arriving, (held, buffer) -> held.add(buffer, maxBytes))
                        .timeout(timeout, Mono.error(this::tooLate))
                        .onErrorMap(DisconnectedClientHelper::isClientDisconnectedException, this::connectionLost)
                        .map(IncompleteBody::bytes));
    }

    private JsonFields parseTyped(byte[] bytes, List<MediaType> types) {
        requireOneOf(types, request.getHeaders());
        return parse(bytes);
    }

    private static JsonFields parse(byte[] bytes) {
        if (StrictJsonParser.read(bytes) instanceof ObjectNode object) {
            return JsonFields.of(object);
        }
        throw new RegistryException(
                ErrorCode.VALIDATION_FAILED,
                "The body must be a JSON object.",
                new FieldError(
                        "body",
                        "must be a JSON object",
                        DisplayText.abbreviate(new String(bytes, StandardCharsets.UTF_8)),
                        "a JSON object"));
    }

    private static void requireOneOf(List<MediaType> types, HttpHeaders headers) {
        requireIdentity(headers);
        String type = headers.getFirst(HttpHeaders.CONTENT_TYPE);
        if (type == null || !isOneOf(types, type)) {
            var expected = types.stream().map(MediaType::toString).collect(Collectors.joining(" or "));
            throw unsupported(HttpHeaders.CONTENT_TYPE, type == null ? "none" : type, expected);
        }
    }

    private static void requireIdentity(HttpHeaders headers) {
        String encoding = Optional.ofNullable(headers.getFirst(HttpHeaders.CONTENT_ENCODING))
                .orElse("identity");
        if (!encoding.equalsIgnoreCase("identity")) {
            throw unsupported(HttpHeaders.CONTENT_ENCODING, encoding, "no content encoding");
        }
    }

    private static boolean isOneOf(List<MediaType> types, String type) {
        try {
            MediaType parsed = MediaType.parseMediaType(type);
            return types.stream().anyMatch(parsed::equalsTypeAndSubtype)
                    && (parsed.getCharset() == null || StandardCharsets.UTF_8.equals(parsed.getCharset()));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    private static RegistryException unsupported(String header, String given, String expected) {
        String shown = DisplayText.abbreviate(given);
        return new RegistryException(
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                "The body has %s: %s; expected %s.".formatted(header, shown, expected),
                new FieldError(header, "is not supported", shown, expected));
    }

    static RegistryException tooLarge(String given, int maxBytes) {
        return new RegistryException(
                ErrorCode.BODY_TOO_LARGE,
                "The body may have at most " + maxBytes + " bytes.",
                new FieldError("body", "is too large", given, "at most " + maxBytes + " bytes"));
    }

    private RegistryException tooLate() {
        return new RegistryException(
                ErrorCode.REQUEST_TIMEOUT,
                "The body did not arrive within " + timeout.toMillis() + " ms.",
                new FieldError(
                        "body", "did not arrive in time", null, "the whole body within " + timeout.toMillis() + " ms"));
    }

    /**
     * Maps a lost connection to a refusal. Only the caller's connection is read here, so its end is no fault of the
     * server.
     */
    private RegistryException connectionLost(Throwable end) {
        LOG.debug("The caller of {} {} disconnected during its body.", request.getMethod(), request.getPath(), end);
        return new RegistryException(ErrorCode.BAD_REQUEST, "The connection ended in the middle of the body.");
    }
}
