package dev.aicore.discovery.web;

import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** A good answer that writes itself: for whoever answers without a controller. */
public interface ResponseWriter {

    /** Writes it; to be asked once. */
    Mono<Void> to(ServerHttpResponse response);

    /** Of the answer, as the meters tell it. */
    default String status() {
        return "200";
    }

    /** One that goes on for as long as its caller likes. It may be refused until it has begun. */
    interface StreamWriter extends ResponseWriter {}
}
