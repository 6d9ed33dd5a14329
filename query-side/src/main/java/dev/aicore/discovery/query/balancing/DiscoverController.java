package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.lane.HotRoute;
import dev.aicore.discovery.config.tracing.RequestTracing;
import dev.aicore.discovery.config.web.KnownTags;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.config.web.Written;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The route of discovery, on both lanes. */
@RestController
final class DiscoverController implements HotRoute {

    private static final String PATH = "/api/v1/discover";

    private final Discovering discovering;
    private final Requests requests;

    DiscoverController(Discovering discovering, Requests requests) {
        this.discovering = discovering;
        this.requests = requests;
    }

    @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<byte[]>> discover(Query query, Caller caller, ServerHttpRequest request) {
        return discovering
                .answer(
                        requests.of(query, request.getHeaders()),
                        caller,
                        KnownTags.of(request.getHeaders()),
                        RequestTracing.of(request))
                .map(Written::respond);
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
    public Mono<Written> answer(ServerHttpRequest request, Caller caller) {
        return discovering.answer(
                requests.of(request), caller, KnownTags.of(request.getHeaders()), RequestTracing.of(request));
    }
}
