package dev.aicore.discovery.access.hotpath;

import dev.aicore.discovery.access.AccessControl;
import dev.aicore.discovery.access.Authorizer;
import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.access.OwnerRelay;
import dev.aicore.discovery.access.RoutePermission;
import dev.aicore.discovery.config.telemetry.RequestMetrics;
import dev.aicore.discovery.config.telemetry.RequestTracer;
import dev.aicore.discovery.web.ErrorFormat;
import dev.aicore.discovery.web.HostHeaderFilter;
import dev.aicore.discovery.web.ImmediateMono;
import dev.aicore.discovery.web.ProblemWriter;
import dev.aicore.discovery.web.RequestIdFilter;
import dev.aicore.discovery.web.ResponseTimeoutFilter;
import dev.aicore.discovery.web.ResponseWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Answers the hot routes before WebFlux's filters and dispatcher see them, with the same access control, metrics,
 * timeout, request ids and problems. Passes a request to WebFlux unless it plainly is a request of a hot route. ADR 7
 * has the reasons, and the cost of a request in CPU.
 */
final class HotPathHandler implements HttpHandler {

    /** Pairs a hot route with the permission that it requires. */
    private record PendingRequest(HotRoute route, RoutePermission rule) {}

    private final List<PendingRequest> routes;
    private final RequestIdFilter ids;
    private final AccessControl accessControl;
    private final ResponseTimeoutFilter timeoutFilter;
    private final RequestInstrumentation instrumentation;
    private final OwnerRelay ownerRelay;
    private final List<ErrorFormat> formats;
    private final HttpHandler fallback;

    HotPathHandler(
            List<HotRoute> routes,
            RequestIdFilter ids,
            AccessControl accessControl,
            Authorizer authorizer,
            ResponseTimeoutFilter timeoutFilter,
            RequestInstrumentation instrumentation,
            OwnerRelay ownerRelay,
            List<ErrorFormat> formats,
            HttpHandler fallback) {
        this.routes = routes.stream()
                .map(route -> new PendingRequest(route, authorizer.required(route.method(), route.template())))
                .toList();
        this.ids = ids;
        this.accessControl = accessControl;
        this.timeoutFilter = timeoutFilter;
        this.instrumentation = instrumentation;
        this.ownerRelay = ownerRelay;
        this.formats = formats;
        this.fallback = fallback;
    }

    /**
     * Holds an admitted request while it is handled.
     *
     * @param told whether the end of the request has been recorded; recorded once, since a stream that has begun may
     *     still be cancelled and doesn't count as a cancelled request
     */
    private record AdmittedRequest(
            HotRoute route,
            RoutePermission asked,
            ServerHttpRequest request,
            ServerHttpResponse response,
            long began,
            AtomicBoolean told) {}

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        var pendingRequest = route(request);
        if (pendingRequest == null) {
            return fallback.handle(request, response);
        }
        initAttributes(request);
        return process(new AdmittedRequest(
                pendingRequest.route(),
                pendingRequest.rule(),
                request,
                response,
                instrumentation.begin(request),
                new AtomicBoolean()));
    }

    private Mono<Void> process(AdmittedRequest admittedRequest) {
        admittedRequest.response().getHeaders().set(RequestIdFilter.HEADER, ids.assign(admittedRequest.request()));
        try {
            HostHeaderFilter.require(admittedRequest.request());
            var admitted = accessControl.authorize(admittedRequest.request(), admittedRequest.asked());
            var caller = ImmediateMono.value(admitted);
            return caller == null
                    ? awaitAndWrite(admittedRequest, admitted.flatMap(known -> respond(admittedRequest, known)))
                    : writeOrAwait(admittedRequest, respond(admittedRequest, caller));
        } catch (RuntimeException refusal) {
            return writeProblem(admittedRequest, refusal);
        }
    }

    private Mono<? extends ResponseWriter> respond(AdmittedRequest admittedRequest, Caller caller) {
        var route = admittedRequest.route();
        var answer = ownerRelay.isNeeded(admittedRequest.asked())
                ? ownerRelay.relay(
                        admittedRequest.request(), admittedRequest.asked(), request -> route.respond(request, caller))
                : route.respond(admittedRequest.request(), caller);
        var span = RequestTracer.of(admittedRequest.request());
        return span == null ? answer : answer.contextWrite(span::addTo);
    }

    private Mono<Void> writeOrAwait(AdmittedRequest admittedRequest, Mono<? extends ResponseWriter> answer) {
        var ready = ImmediateMono.value(answer);
        return ready == null
                ? awaitAndWrite(admittedRequest, answer)
                : write(admittedRequest, ready).onErrorResume(failure -> writeProblem(admittedRequest, failure));
    }

    private Mono<Void> awaitAndWrite(AdmittedRequest admittedRequest, Mono<? extends ResponseWriter> answer) {
        return timeoutFilter
                .withTimeout(answer, admittedRequest.request())
                .doOnCancel(() -> record(admittedRequest, RequestMetrics.CANCELLED))
                .flatMap(ready -> write(admittedRequest, ready))
                .onErrorResume(failure -> writeProblem(admittedRequest, failure));
    }

    private Mono<Void> write(AdmittedRequest admittedRequest, ResponseWriter answer) {
        if (answer instanceof ResponseWriter.StreamWriter) {
            return begin(admittedRequest, answer);
        }
        record(admittedRequest, answer.status());
        return answer.to(admittedRequest.response());
    }

    private Mono<Void> begin(AdmittedRequest admittedRequest, ResponseWriter stream) {
        var response = admittedRequest.response();
        recordOnCommit(admittedRequest);
        return timeoutFilter
                .withStartTimeout(stream.to(response), response)
                .doOnCancel(() -> record(admittedRequest, RequestMetrics.CANCELLED))
                .onErrorResume(failure -> ProblemWriter.write(admittedRequest.request(), response, failure, formats));
    }

    private @Nullable PendingRequest route(ServerHttpRequest request) {
        var path = request.getURI().getRawPath();
        for (var pendingRequest : routes) {
            var route = pendingRequest.route();
            if (route.method().equals(request.getMethod()) && route.matches(path)) {
                var headers = request.getHeaders();
                return isPlain(headers, route.accepted()) && route.accepts(headers) ? pendingRequest : null;
            }
        }
        return null;
    }

    /**
     * Returns true if the {@code Accept} header is missing or is exactly one of the accepted values. WebFlux negotiates
     * any other value.
     */
    private static boolean isPlain(HttpHeaders headers, Set<String> accepted) {
        var accept = headers.get(HttpHeaders.ACCEPT);
        return accept == null || (accept.size() == 1 && accepted.contains(accept.getFirst()));
    }

    /** Gives the request its map of attributes, as WebFlux's exchange does. */
    private static void initAttributes(ServerHttpRequest request) {
        if (request instanceof AbstractServerHttpRequest server) {
            var attributes = new HashMap<String, Object>(4);
            server.setAttributesSupplier(() -> attributes);
        }
    }

    private Mono<Void> writeProblem(AdmittedRequest admittedRequest, Throwable failure) {
        var response = admittedRequest.response();
        if (!response.isCommitted()) {
            recordOnCommit(admittedRequest);
        }
        return ProblemWriter.write(admittedRequest.request(), response, failure, formats);
    }

    private void recordOnCommit(AdmittedRequest admittedRequest) {
        var response = admittedRequest.response();
        response.beforeCommit(() -> Mono.fromRunnable(() -> record(admittedRequest, RequestMetrics.status(response))));
    }

    private void record(AdmittedRequest admittedRequest, String status) {
        var route = admittedRequest.route();
        if (admittedRequest.told().compareAndSet(false, true)) {
            instrumentation.end(
                    admittedRequest.request(),
                    route.method().name(),
                    route.template(),
                    status,
                    admittedRequest.began());
        }
    }
}
