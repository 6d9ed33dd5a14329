package dev.aicore.discovery.command.configuration;

import dev.aicore.discovery.api.configuration.ConfigurationChange;
import dev.aicore.discovery.api.configuration.Expectation;
import dev.aicore.discovery.api.shard.Outcome.Configured;
import dev.aicore.discovery.api.shard.Outcome.Edit;
import dev.aicore.discovery.command.idempotency.Once;
import dev.aicore.discovery.command.instance.Names;
import dev.aicore.discovery.command.instance.Preconditions;
import dev.aicore.discovery.command.instance.Replies;
import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Body;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What all routes that change a configuration or a schema have in common. */
final class ConfigurationWrites {

    private final ConfigurationDesk desk;
    private final Once once;

    ConfigurationWrites(ConfigurationDesk desk, Once once) {
        this.desk = desk;
        this.once = once;
    }

    /**
     * What has become of a change.
     *
     * @param position of its event, or of all that there was where nothing happened
     * @param recordedAt when the store recorded it; null where nothing happened
     */
    record Done(
            Configured what,
            long position,
            Instant at,
            @Nullable Instant recordedAt) {

        /** The answer that tells it. */
        <T> Answer<T> answer(T data) {
            return Answer.of(data, position, at).recorded(recordedAt);
        }
    }

    /** Does it, once if the request has a key; fails with whatever it is refused for. */
    Mono<Done> run(ServerWebExchange exchange, Caller caller, Body body, ConfigurationChange change) {
        return Replies.await(() -> once.run(exchange, caller, body, key -> desk.ask(change, key)))
                .map(reply -> new Done((Configured) reply.outcome(), reply.position(), reply.at(), reply.recordedAt()));
    }

    /**
     * The answer to what was stored: 201 if it is the first.
     *
     * @param path where it is
     */
    static <T> ResponseEntity<Answer<T>> stored(Done done, T data, String tag, String path) {
        boolean isNew = done.what().edit() == Edit.CREATED;
        return done.answer(data).respond(isNew ? HttpStatus.CREATED : HttpStatus.OK, headers -> {
            headers.setETag(tag);
            if (isNew) {
                headers.setLocation(
                        URI.create(path.replace("{service_name}", done.what().service())));
            }
        });
    }

    static void requireName(String service) {
        Names.SERVICE.require("service_name", service);
    }

    /** From {@code If-Match} and {@code If-None-Match}. */
    static Expectation expected(ServerHttpRequest request) {
        return new Expectation(
                Preconditions.ifMatch(request).tags(),
                Preconditions.onlyPresent(request),
                Preconditions.onlyNew(request));
    }
}
