package dev.aicore.discovery.dialect.eureka;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Media type of an answer. */
enum EurekaFormat {
    JSON,
    XML;

    MediaType mediaType() {
        return switch (this) {
            case JSON -> MediaType.APPLICATION_JSON;
            case XML -> MediaType.APPLICATION_XML;
        };
    }

    /** Encodes an answer. */
    byte[] write(EurekaAnswer answer) {
        return switch (this) {
            case JSON -> EurekaJsonWriter.write(answer);
            case XML -> EurekaXmlWriter.write(answer);
        };
    }

    /**
     * Returns JSON if {@code Accept} has it at any place, as Eureka does, and XML otherwise.
     *
     * @throws RegistryException {@code not_acceptable} if it has neither
     */
    static EurekaFormat of(HttpHeaders headers) {
        try {
            var accepted = headers.getAccept();
            if (accepted.stream().anyMatch(MediaType.APPLICATION_JSON::equalsTypeAndSubtype)) {
                return JSON;
            }
            if (accepted.isEmpty() || accepted.stream().anyMatch(type -> type.includes(MediaType.APPLICATION_XML))) {
                return XML;
            }
        } catch (InvalidMediaTypeException e) {
            // Refused below.
        }
        throw new RegistryException(
                ErrorCode.NOT_ACCEPTABLE, "The Accept header has neither application/xml nor application/json.");
    }
}
