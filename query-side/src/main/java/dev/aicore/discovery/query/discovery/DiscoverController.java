package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.access.hotpath.HotRoute;
import dev.aicore.discovery.config.telemetry.RequestTracer;
import dev.aicore.discovery.web.IfNoneMatchHeader;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.SerializedResponse;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Serves the discovery route, in WebFlux and on the hot path. */
@RestController
final class DiscoverController implements HotRoute {

    private static final String PATH = "/api/v1/discover";

    private final DiscoveryService discoveryService;
    private final DiscoverRequestParser discoverRequestParser;

    DiscoverController(DiscoveryService discoveryService, DiscoverRequestParser discoverRequestParser) {
        this.discoveryService = discoveryService;
        this.discoverRequestParser = discoverRequestParser;
    }

    @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<byte[]>> discover(QueryParameters queryParameters, Caller caller, ServerHttpRequest request) {
        return discoveryService
                .discover(
                        discoverRequestParser.of(queryParameters, request.getHeaders()),
                        caller,
                        IfNoneMatchHeader.of(request.getHeaders()),
                        RequestTracer.of(request))
                .map(SerializedResponse::respond);
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
    public Mono<SerializedResponse> respond(ServerHttpRequest request, Caller caller) {
        return discoveryService.discover(
                discoverRequestParser.of(request),
                caller,
                IfNoneMatchHeader.of(request.getHeaders()),
                RequestTracer.of(request));
    }
}
