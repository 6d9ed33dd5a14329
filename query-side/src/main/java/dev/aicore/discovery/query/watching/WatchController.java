package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.query.instance.Names;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Streams the changes of a service. */
@RestController
@RequestMapping(path = "/api/v1/watch", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
final class WatchController {

    private final Streams streams;

    WatchController(Streams streams) {
        this.streams = streams;
    }

    @GetMapping
    Mono<Void> watch(Query query, ServerHttpRequest request, ServerHttpResponse response) {
        String service = query.text("service_name", Names.SERVICE);
        var from = Resumption.of(query, request);
        query.orThrow();
        return streams.write(service, from, response);
    }
}
