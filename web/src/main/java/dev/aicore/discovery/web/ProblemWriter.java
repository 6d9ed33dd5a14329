package dev.aicore.discovery.web;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.telemetry.LogEvent;
import dev.aicore.discovery.config.telemetry.RequestTracer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;

/** Writes failures as problem+json. Logs internal details with the request id. */
public final class ProblemWriter {
    private static final Logger log = LoggerFactory.getLogger(ProblemWriter.class);
    private static final MediaType PROBLEM = MediaType.parseMediaType(Problem.MEDIA_TYPE);

    private ProblemWriter() {}

    /** Writes the problem of a failed request. Aborts the answer if it has begun already. */
    public static Mono<Void> write(ServerHttpRequest request, ServerHttpResponse response, Throwable thrown) {
        return write(request, response, thrown, (ErrorFormat) null);
    }

    /** Writes a failure in the first format that covers the path; as a problem if there is none. */
    public static Mono<Void> write(
            ServerHttpRequest request, ServerHttpResponse response, Throwable thrown, List<ErrorFormat> formats) {
        var path = request.getURI().getRawPath();
        var format = formats.stream().filter(of -> of.covers(path)).findFirst().orElse(null);
        return write(request, response, thrown, format);
    }

    private static Mono<Void> write(
            ServerHttpRequest request, ServerHttpResponse response, Throwable thrown, @Nullable ErrorFormat format) {
        String requestId = RequestIdFilter.of(request);
        if (response.isCommitted()) {
            if (DisconnectedClientHelper.isClientDisconnectedException(thrown)) {
                log.debug("The caller of request {} disconnected: {}", requestId, thrown.toString());
            } else {
                LogContext.of(request)
                        .addTo(log.atWarn())
                        .setCause(thrown)
                        .log("Request {} failed after its response had started", requestId);
            }
            // Completing here would end a truncated answer as if it were complete; the error closes the connection
            // instead.
            return Mono.error(thrown);
        }
        // Before the answer has begun, "connection reset by peer" may come from the database: don't take it for a
        // disconnected caller.
        RegistryException refusal = ExceptionMapper.of(thrown, request);
        if (refusal.code() == ErrorCode.INTERNAL) {
            LogContext.of(request)
                    .addTo(LogEvent.REQUEST_FAILED.on(log))
                    .setCause(thrown)
                    .log("Request {} failed: {} {}", requestId, request.getMethod(), request.getPath());
        }
        writeHeaders(response.getHeaders(), refusal, thrown);
        if (refusal.code() == ErrorCode.STANDBY && RelayMark.isSet(request)) {
            RelayMark.writeNothingDone(response.getHeaders());
        }
        DataBuffer body = response.bufferFactory()
                .wrap(
                        format == null
                                ? problem(request, response, refusal, requestId)
                                : formatted(request, response, refusal, format));
        response.getHeaders().setContentLength(body.readableByteCount());
        return response.writeWith(Mono.just(body));
    }

    private static byte[] problem(
            ServerHttpRequest request, ServerHttpResponse response, RegistryException refusal, String requestId) {
        var trace = RequestTracer.contextOf(request);
        Problem problem =
                Problem.of(refusal, request.getURI().getRawPath(), requestId, trace == null ? null : trace.traceId());
        response.setStatusCode(HttpStatus.valueOf(problem.status()));
        response.getHeaders().setContentType(PROBLEM);
        return problem.json();
    }

    private static byte[] formatted(
            ServerHttpRequest request, ServerHttpResponse response, RegistryException refusal, ErrorFormat format) {
        var error = format.format(refusal, request);
        response.setStatusCode(HttpStatusCode.valueOf(error.status()));
        if (!error.text().isEmpty()) {
            response.getHeaders().setContentType(error.type());
        }
        return error.text().getBytes(StandardCharsets.UTF_8);
    }

    private static void writeHeaders(HttpHeaders headers, RegistryException refusal, Throwable thrown) {
        // The headers that the failed handler set for its own answer don't apply to this one.
        headers.clearContentHeaders();
        headers.remove(HttpHeaders.ETAG);
        headers.remove(HttpHeaders.LAST_MODIFIED);
        headers.remove(HttpHeaders.LOCATION);
        headers.remove(ApiResponse.POSITION);
        if (thrown instanceof ErrorResponse framework) {
            headers.putAll(framework.getHeaders());
        }
        headers.setCacheControl(CacheControl.noStore());
        if (refusal.code() == ErrorCode.UNAUTHORIZED) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"service-discovery\"");
        }
        Duration retryAfter = refusal.retryAfter();
        if (retryAfter != null) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(wholeSeconds(retryAfter)));
        }
    }

    /** Rounds up to at least 1, because 0 would let callers retry without a pause. */
    private static long wholeSeconds(Duration duration) {
        return Math.max(1, duration.plusMillis(999).toSeconds());
    }

    /** Writes the answer for every failure of every route and filter. */
    static final class ProblemHandler implements ErrorWebExceptionHandler, Ordered {

        private final List<ErrorFormat> formats;

        /** Creates a handler that writes problems, except for paths that a format covers. */
        ProblemHandler(List<ErrorFormat> formats) {
            this.formats = List.copyOf(formats);
        }

        @Override
        public Mono<Void> handle(ServerWebExchange exchange, Throwable thrown) {
            return ProblemWriter.write(exchange.getRequest(), exchange.getResponse(), thrown, formats);
        }

        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }
    }
}
