package dev.aicore.discovery.web;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.ErrorResponse;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;

/** Writes failures as problem+json. Internals go to the log, with the request id. */
public final class ProblemWriter {
    private static final Logger log = LoggerFactory.getLogger(ProblemWriter.class);
    private static final MediaType PROBLEM = MediaType.parseMediaType(Problem.MEDIA_TYPE);

    private ProblemWriter() {}

    /** Answers a request that failed; where the answer had begun already, breaks it off. */
    public static Mono<Void> write(ServerHttpRequest request, ServerHttpResponse response, Throwable thrown) {
        String requestId = RequestIdFilter.of(request);
        if (response.isCommitted()) {
            if (DisconnectedClientHelper.isClientDisconnectedException(thrown)) {
                log.debug("Request {} lost its caller: {}", requestId, thrown.toString());
            } else {
                log.warn("Request {} failed after its answer had begun", requestId, thrown);
            }
            // Completing here would end a cut answer as if it were whole; the error closes the connection instead.
            return Mono.error(thrown);
        }
        // Before that, "connection reset by peer" may as well be our database: nobody must take it for a caller who
        // left.
        RegistryException refusal = ExceptionMapper.of(thrown, request);
        if (refusal.code() == ErrorCode.INTERNAL) {
            log.error("Request {} failed: {} {}", requestId, request.getMethod(), request.getPath(), thrown);
        }
        Problem problem = Problem.of(refusal, request.getURI().getRawPath(), requestId);
        response.setStatusCode(HttpStatus.valueOf(problem.status()));
        writeHeaders(response.getHeaders(), refusal, thrown);
        DataBuffer body = response.bufferFactory().wrap(problem.json());
        response.getHeaders().setContentLength(body.readableByteCount());
        return response.writeWith(Mono.just(body));
    }

    private static void writeHeaders(HttpHeaders headers, RegistryException refusal, Throwable thrown) {
        // What the failed handler had said about its own answer isn't true of this one.
        headers.clearContentHeaders();
        headers.remove(HttpHeaders.ETAG);
        headers.remove(HttpHeaders.LAST_MODIFIED);
        headers.remove(HttpHeaders.LOCATION);
        headers.remove(ApiResponse.POSITION);
        if (thrown instanceof ErrorResponse framework) {
            headers.putAll(framework.getHeaders());
        }
        headers.setContentType(PROBLEM);
        headers.setCacheControl(CacheControl.noStore());
        if (refusal.code() == ErrorCode.UNAUTHORIZED) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"service-discovery\"");
        }
        Duration retryAfter = refusal.retryAfter();
        if (retryAfter != null) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(wholeSeconds(retryAfter)));
        }
    }

    /** Rounded up, and at least 1: 0 would ask the caller to hammer. */
    private static long wholeSeconds(Duration duration) {
        return Math.max(1, duration.plusMillis(999).toSeconds());
    }
}
