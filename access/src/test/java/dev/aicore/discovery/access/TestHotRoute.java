package dev.aicore.discovery.access;

import dev.aicore.discovery.access.hotpath.HotRoute;
import dev.aicore.discovery.web.ResponseWriter;
import java.util.function.Function;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/**
 * A hot route of the {@link TestServer}.
 *
 * @param answer function that answers each admitted caller
 */
record TestHotRoute(Function<Caller, Mono<? extends ResponseWriter>> answer) implements HotRoute {

    static final String PATH = "/things/hot";

    @Override
    public HttpMethod method() {
        return HttpMethod.GET;
    }

    @Override
    public String template() {
        return PATH;
    }

    @Override
    public Mono<? extends ResponseWriter> respond(ServerHttpRequest request, Caller caller) {
        return answer.apply(caller);
    }
}
