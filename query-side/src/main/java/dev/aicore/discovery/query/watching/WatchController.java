package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.access.hotpath.HotRoute;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.ResponseWriter;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Streams the changes of services. Served on the hot path, because a stream retains the objects of its request, which
 * take 9 KB more in WebFlux.
 */
@RestController
final class WatchController implements HotRoute {

    private static final String PATH = "/api/v1/watch";
    private static final Set<String> EVENTS = Set.of("*/*", MediaType.TEXT_EVENT_STREAM_VALUE);

    private final WatchStreamService watchStreamService;
    private final ServiceWatchPages pages;

    WatchController(WatchStreamService watchStreamService, ServiceWatchPages pages) {
        this.watchStreamService = watchStreamService;
        this.pages = pages;
    }

    @GetMapping(path = PATH, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Mono<Void> watch(
            QueryParameters queryParameters, Caller caller, ServerHttpRequest request, ServerHttpResponse response) {
        return stream(queryParameters, caller, request).to(response);
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
    public Mono<ResponseWriter> respond(ServerHttpRequest request, Caller caller) {
        return Mono.just(stream(QueryParameters.of(request), caller, request));
    }

    private ResponseWriter.StreamWriter stream(
            QueryParameters queryParameters, Caller caller, ServerHttpRequest request) {
        var start = WatchStart.of(queryParameters, request);
        queryParameters.validate();
        var filter = start.filter();
        var source = filter == null ? pages : new FilteredWatchPages(pages, filter);
        return response -> watchStreamService.write(start, source, caller, response);
    }
}
