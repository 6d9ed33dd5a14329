package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.lane.HotRoute;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.config.web.Writable;
import dev.aicore.discovery.query.instance.Names;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Streams the changes of a service. On the fast lane since a stream keeps all that its request went through, which is 9 KB more in
 * WebFlux.
 */
@RestController
final class WatchController implements HotRoute {

    private static final String PATH = "/api/v1/watch";
    private static final Set<String> EVENTS = Set.of("*/*", MediaType.TEXT_EVENT_STREAM_VALUE);

    private final Streams streams;

    WatchController(Streams streams) {
        this.streams = streams;
    }

    @GetMapping(path = PATH, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Mono<Void> watch(Query query, Caller caller, ServerHttpRequest request, ServerHttpResponse response) {
        return stream(query, caller, request).to(response);
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.GET;
    }

    @Override
    public String template() {
        return PATH;
    }

    @Override
    public Set<String> accepted() {
        return EVENTS;
    }

    @Override
    public Mono<Writable> answer(ServerHttpRequest request, Caller caller) {
        return Mono.just(stream(Query.of(request), caller, request));
    }

    private Writable.Stream stream(Query query, Caller caller, ServerHttpRequest request) {
        String service = query.text("service_name", Names.SERVICE);
        var from = Resumption.of(query, request);
        query.orThrow();
        return response -> streams.write(service, from, caller, response);
    }
}
