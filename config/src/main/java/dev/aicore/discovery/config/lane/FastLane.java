package dev.aicore.discovery.config.lane;

import dev.aicore.discovery.config.access.Authorizer;
import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.access.Gate;
import dev.aicore.discovery.config.access.RouteRule;
import dev.aicore.discovery.config.metrics.RequestMeter;
import dev.aicore.discovery.config.web.AnswerDeadline;
import dev.aicore.discovery.config.web.HostHeader;
import dev.aicore.discovery.config.web.ProblemWriter;
import dev.aicore.discovery.config.web.Ready;
import dev.aicore.discovery.config.web.RequestId;
import dev.aicore.discovery.config.web.Writable;
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
 * Answers the hot routes before WebFlux's filters and dispatcher see them, by the same gate, meters, deadline, request ids and
 * problems. Whatever isn't plainly a request of such a route goes on to WebFlux.
 */
final class FastLane implements HttpHandler {

    /** A route with what it asks for. */
    private record Asking(HotRoute route, RouteRule rule) {}

    private final List<Asking> routes;
    private final RequestId ids;
    private final Gate gate;
    private final AnswerDeadline deadline;
    private final Bookkeeping books;
    private final HttpHandler others;

    FastLane(
            List<HotRoute> routes,
            RequestId ids,
            Gate gate,
            Authorizer authorizer,
            AnswerDeadline deadline,
            Bookkeeping books,
            HttpHandler others) {
        this.routes = routes.stream()
                .map(route -> new Asking(route, authorizer.required(route.method(), route.template())))
                .toList();
        this.ids = ids;
        this.gate = gate;
        this.deadline = deadline;
        this.books = books;
        this.others = others;
    }

    /**
     * A request on its way through.
     *
     * @param told whether the books have its end: a stream that has begun may be cancelled, and is no request that was
     */
    private record Passage(
            HotRoute route,
            RouteRule asked,
            ServerHttpRequest request,
            ServerHttpResponse response,
            long began,
            AtomicBoolean told) {}

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        var asking = route(request);
        if (asking == null) {
            return others.handle(request, response);
        }
        giveAttributes(request);
        return pass(new Passage(
                asking.route(), asking.rule(), request, response, books.begin(request), new AtomicBoolean()));
    }

    private Mono<Void> pass(Passage passage) {
        passage.response().getHeaders().set(RequestId.HEADER, ids.assign(passage.request()));
        try {
            HostHeader.require(passage.request());
            var admitted = gate.admit(passage.request(), passage.asked());
            var caller = Ready.value(admitted);
            return caller == null
                    ? later(passage, admitted.flatMap(known -> answer(passage, known)))
                    : nowOrLater(passage, answer(passage, caller));
        } catch (RuntimeException refusal) {
            return refuse(passage, refusal);
        }
    }

    private static Mono<? extends Writable> answer(Passage passage, Caller caller) {
        return passage.route().answer(passage.request(), caller);
    }

    private Mono<Void> nowOrLater(Passage passage, Mono<? extends Writable> answer) {
        var ready = Ready.value(answer);
        return ready == null
                ? later(passage, answer)
                : write(passage, ready).onErrorResume(failure -> refuse(passage, failure));
    }

    private Mono<Void> later(Passage passage, Mono<? extends Writable> answer) {
        return deadline.bound(answer)
                .doOnCancel(() -> record(passage, RequestMeter.CANCELLED))
                .flatMap(ready -> write(passage, ready))
                .onErrorResume(failure -> refuse(passage, failure));
    }

    private Mono<Void> write(Passage passage, Writable answer) {
        if (answer instanceof Writable.Stream) {
            return begin(passage, answer);
        }
        record(passage, answer.status());
        return answer.to(passage.response());
    }

    private Mono<Void> begin(Passage passage, Writable stream) {
        var response = passage.response();
        recordOnCommit(passage);
        return deadline.untilBegun(stream.to(response), response)
                .doOnCancel(() -> record(passage, RequestMeter.CANCELLED))
                .onErrorResume(failure -> ProblemWriter.write(passage.request(), response, failure));
    }

    private @Nullable Asking route(ServerHttpRequest request) {
        var path = request.getURI().getRawPath();
        for (var asking : routes) {
            var route = asking.route();
            if (route.method().equals(request.getMethod()) && route.matches(path)) {
                var headers = request.getHeaders();
                return isPlain(headers, route.accepted()) && route.takes(headers) ? asking : null;
            }
        }
        return null;
    }

    /** What else a caller accepts is for WebFlux to weigh. */
    private static boolean isPlain(HttpHeaders headers, Set<String> accepted) {
        var asked = headers.get(HttpHeaders.ACCEPT);
        return asked == null || (asked.size() == 1 && accepted.contains(asked.getFirst()));
    }

    /** As WebFlux's exchange does. */
    private static void giveAttributes(ServerHttpRequest request) {
        if (request instanceof AbstractServerHttpRequest server) {
            var attributes = new HashMap<String, Object>(4);
            server.setAttributesSupplier(() -> attributes);
        }
    }

    private Mono<Void> refuse(Passage passage, Throwable failure) {
        var response = passage.response();
        if (!response.isCommitted()) {
            recordOnCommit(passage);
        }
        return ProblemWriter.write(passage.request(), response, failure);
    }

    private void recordOnCommit(Passage passage) {
        var response = passage.response();
        response.beforeCommit(() -> Mono.fromRunnable(() -> record(passage, RequestMeter.status(response))));
    }

    private void record(Passage passage, String status) {
        var route = passage.route();
        if (passage.told().compareAndSet(false, true)) {
            books.end(passage.request(), route.method().name(), route.template(), status, passage.began());
        }
    }
}
