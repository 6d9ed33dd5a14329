package dev.aicore.discovery.config.web;

import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** A good answer that writes itself: for whoever answers without a controller. */
public interface Reply {

    /** Writes it; to be asked once. */
    Mono<Void> to(ServerHttpResponse response);

    /** Whether it goes on for as long as its caller likes. It may be refused until it has begun. */
    default boolean isStream() {
        return false;
    }

    /** One that goes on. */
    interface Stream extends Reply {

        @Override
        default boolean isStream() {
            return true;
        }
    }
}
