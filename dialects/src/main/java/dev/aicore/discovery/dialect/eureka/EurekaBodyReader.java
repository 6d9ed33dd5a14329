package dev.aicore.discovery.dialect.eureka;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.web.JsonBody;
import dev.aicore.discovery.web.StrictJsonParser;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Reads the body of a registration, in JSON or XML. */
final class EurekaBodyReader {

    private final TimeSource time;

    EurekaBodyReader(TimeSource time) {
        this.time = time;
    }

    /**
     * Reads the instance in a body of at most {@link JsonBody#MAX_BYTES}.
     *
     * @param app application in the path
     * @return fails with {@code unsupported_media_type}, {@code body_too_large}, {@code malformed_json} or
     *     {@code validation_failed}
     */
    Mono<EurekaInstance> read(String app, JsonBody jsonBody, HttpHeaders headers) {
        return Mono.defer(() -> {
            var type = mediaType(headers);
            if (MediaType.APPLICATION_JSON.equalsTypeAndSubtype(type)) {
                return read(app, jsonBody, StrictJsonParser::read);
            }
            if (MediaType.APPLICATION_XML.equalsTypeAndSubtype(type) || MediaType.TEXT_XML.equalsTypeAndSubtype(type)) {
                return read(app, jsonBody, EurekaXmlParser::parse);
            }
            return Mono.error(unsupported());
        });
    }

    private interface BodyParser {
        JsonNode parse(byte[] body);
    }

    private Mono<EurekaInstance> read(String app, JsonBody jsonBody, BodyParser parser) {
        return jsonBody.bytes(JsonBody.MAX_BYTES)
                .map(bytes -> EurekaDocumentParser.parse(
                        app, parser.parse(bytes), time.now().toEpochMilli()));
    }

    private static @Nullable MediaType mediaType(HttpHeaders headers) {
        try {
            var type = headers.getContentType();
            var charset = type == null ? null : type.getCharset();
            return charset == null || charset.equals(StandardCharsets.UTF_8) ? type : null;
        } catch (InvalidMediaTypeException e) {
            return null;
        }
    }

    private static RegistryException unsupported() {
        return new RegistryException(
                ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The body must be application/json or application/xml in UTF-8.");
    }
}
