package dev.aicore.discovery.web;

import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** A successful answer that writes itself, for routes that are answered without a controller. */
public interface ResponseWriter {

    /** Writes the answer. Called once. */
    Mono<Void> to(ServerHttpResponse response);

    /** Returns the status of the answer, as metrics record it. */
    default String status() {
        return "200";
    }

    /** An answer that lasts as long as its caller likes. It may fail with a refusal until it has begun. */
    interface StreamWriter extends ResponseWriter {}
}
