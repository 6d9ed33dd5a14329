package dev.aicore.discovery.config.lane;

import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.access.Gate;
import dev.aicore.discovery.config.metrics.RequestMeter;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.tracing.RequestTracing;
import dev.aicore.discovery.config.web.AnswerDeadline;
import dev.aicore.discovery.config.web.ProblemWriter;
import dev.aicore.discovery.config.web.Ready;
import dev.aicore.discovery.config.web.RequestId;
import dev.aicore.discovery.config.web.Written;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Answers the hot routes before WebFlux's filters and dispatcher see them, by the same gate, meters, deadline, request ids and
 * problems. Whatever isn't plainly a request of such a route goes on to WebFlux.
 */
final class FastLane implements HttpHandler {

    private static final Set<String> PLAIN = Set.of("*/*", "application/json");

    private final List<HotRoute> routes;
    private final RequestId ids;
    private final Gate gate;
    private final AnswerDeadline deadline;
    private final RequestMeter meter;
    private final RequestTracing tracing;
    private final TimeSource time;
    private final HttpHandler others;

    FastLane(
            List<HotRoute> routes,
            RequestId ids,
            Gate gate,
            AnswerDeadline deadline,
            RequestMeter meter,
            RequestTracing tracing,
            TimeSource time,
            HttpHandler others) {
        this.routes = List.copyOf(routes);
        this.ids = ids;
        this.gate = gate;
        this.deadline = deadline;
        this.meter = meter;
        this.tracing = tracing;
        this.time = time;
        this.others = others;
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        var route = route(request);
        if (route == null) {
            return others.handle(request, response);
        }
        long began = time.nanos();
        giveAttributes(request);
        tracing.begin(request);
        response.getHeaders().set(RequestId.HEADER, ids.assign(request));
        try {
            var admitted = gate.admit(request);
            var caller = Ready.value(admitted);
            return caller == null
                    ? later(admitted.flatMap(known -> route.answer(request, known)), route, request, response, began)
                    : answer(route, request, response, caller, began);
        } catch (RuntimeException refusal) {
            return refuse(route, request, response, refusal, began);
        }
    }

    private Mono<Void> answer(
            HotRoute route, ServerHttpRequest request, ServerHttpResponse response, Caller caller, long began) {
        var answer = route.answer(request, caller);
        var ready = Ready.value(answer);
        return ready == null
                ? later(answer, route, request, response, began)
                : write(ready, route, request, response, began);
    }

    private Mono<Void> later(
            Mono<Written> answer, HotRoute route, ServerHttpRequest request, ServerHttpResponse response, long began) {
        return deadline.bound(answer)
                .doOnCancel(() -> record(route, request, RequestMeter.CANCELLED, began))
                .flatMap(ready -> write(ready, route, request, response, began))
                .onErrorResume(failure -> refuse(route, request, response, failure, began));
    }

    private Mono<Void> write(
            Written answer, HotRoute route, ServerHttpRequest request, ServerHttpResponse response, long began) {
        record(route, request, "200", began);
        return answer.to(response);
    }

    private @Nullable HotRoute route(ServerHttpRequest request) {
        var path = request.getURI().getRawPath();
        for (var route : routes) {
            if (route.method().equals(request.getMethod()) && route.matches(path)) {
                return isPlain(request.getHeaders()) ? route : null;
            }
        }
        return null;
    }

    /** What else a caller accepts is for WebFlux to weigh. */
    private static boolean isPlain(HttpHeaders headers) {
        var accepted = headers.get(HttpHeaders.ACCEPT);
        return accepted == null || (accepted.size() == 1 && PLAIN.contains(accepted.getFirst()));
    }

    /** As WebFlux's exchange does. */
    private static void giveAttributes(ServerHttpRequest request) {
        if (request instanceof AbstractServerHttpRequest server) {
            var attributes = new HashMap<String, Object>(4);
            server.setAttributesSupplier(() -> attributes);
        }
    }

    private Mono<Void> refuse(
            HotRoute route, ServerHttpRequest request, ServerHttpResponse response, Throwable failure, long began) {
        if (!response.isCommitted()) {
            response.beforeCommit(
                    () -> Mono.fromRunnable(() -> record(route, request, RequestMeter.status(response), began)));
        }
        return ProblemWriter.write(request, response, failure);
    }

    private void record(HotRoute route, ServerHttpRequest request, String status, long began) {
        meter.record(route.method().name(), route.template(), status, began);
        tracing.end(request, route.method().name(), route.template(), status);
    }
}
