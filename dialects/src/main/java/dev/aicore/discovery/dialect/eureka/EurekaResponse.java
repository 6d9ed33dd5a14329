package dev.aicore.discovery.dialect.eureka;

import dev.aicore.discovery.query.discovery.registry.RegistrySnapshot;
import dev.aicore.discovery.web.ApiResponse;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/** Builds responses, and reads the headers of requests that determine them. */
final class EurekaResponse {

    /** Parameter of reads of the past. */
    static final String AT = "at";

    private static final String COMPACT = "X-Eureka-Accept";
    private static final String GZIP = "gzip";

    /** Coding with the quality 0, which means that it isn't accepted. */
    private static final Pattern REFUSED = Pattern.compile("gzip\\s*;\\s*q=0(\\.0{0,3})?\\s*");

    private EurekaResponse() {}

    static boolean isCompact(HttpHeaders headers) {
        return "compact".equalsIgnoreCase(headers.getFirst(COMPACT));
    }

    static boolean acceptsGzip(HttpHeaders headers) {
        return headers.getOrEmpty(HttpHeaders.ACCEPT_ENCODING).stream()
                .flatMap(value -> Pattern.compile(",").splitAsStream(value.toLowerCase(Locale.ROOT)))
                .map(String::strip)
                .anyMatch(coding ->
                        coding.startsWith(GZIP) && !REFUSED.matcher(coding).matches());
    }

    /** Returns a response with the position of its content, marked if no store could confirm it. */
    static ResponseEntity<byte[]> of(RegistrySnapshot snapshot, EurekaFormat format, byte[] body, boolean gzip) {
        var response = ResponseEntity.ok()
                .contentType(format.mediaType())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT, HttpHeaders.ACCEPT_ENCODING, COMPACT)
                .header(ApiResponse.POSITION, Long.toString(snapshot.position()));
        if (gzip) {
            response.header(HttpHeaders.CONTENT_ENCODING, GZIP);
        }
        var age = snapshot.age();
        if (age != null) {
            response.header(HttpHeaders.AGE, Long.toString(age.toSeconds()));
            response.header("X-Registry-Stale", "true");
        }
        var past = snapshot.pastInstant();
        if (past != null) {
            response.headers(headers -> headers.setInstant("Memento-Datetime", past));
        }
        return response.body(body);
    }
}
