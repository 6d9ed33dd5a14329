package dev.aicore.discovery.command.configuration;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.configuration.ConfigurationCommand;
import dev.aicore.discovery.api.configuration.ConfigurationPrecondition;
import dev.aicore.discovery.api.shard.Outcome.Configured;
import dev.aicore.discovery.api.shard.Outcome.Edit;
import dev.aicore.discovery.command.idempotency.IdempotentExecutor;
import dev.aicore.discovery.command.instance.CommandNameRules;
import dev.aicore.discovery.command.instance.CommandReplyMapper;
import dev.aicore.discovery.command.instance.PreconditionParser;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.JsonBody;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What all routes that change a configuration or a schema have in common. */
final class ConfigurationCommandExecutor {

    private final ConfigurationService service;
    private final IdempotentExecutor idempotent;

    ConfigurationCommandExecutor(ConfigurationService service, IdempotentExecutor executor) {
        this.service = service;
        this.idempotent = executor;
    }

    /**
     * What has become of a change.
     *
     * @param position of its event, or of all that there was where nothing happened
     * @param recordedAt when the store recorded it; null where nothing happened
     */
    record WriteResult(
            Configured what,
            long position,
            Instant at,
            @Nullable Instant recordedAt) {

        /** The answer that tells it. */
        <T> ApiResponse<T> answer(T data) {
            return ApiResponse.of(data, position, at).recorded(recordedAt);
        }
    }

    /** Does it, once if the request has a key; fails with whatever it is refused for. */
    Mono<WriteResult> run(ServerWebExchange exchange, Caller caller, JsonBody jsonBody, ConfigurationCommand command) {
        return CommandReplyMapper.await(
                        () -> idempotent.run(exchange, caller, jsonBody, key -> service.execute(command, key)))
                .map(commandReply -> new WriteResult(
                        (Configured) commandReply.outcome(),
                        commandReply.position(),
                        commandReply.at(),
                        commandReply.recordedAt()));
    }

    /**
     * The answer to what was stored: 201 if it is the first.
     *
     * @param path where it is
     */
    static <T> ResponseEntity<ApiResponse<T>> stored(WriteResult writeResult, T data, String tag, String path) {
        boolean isNew = writeResult.what().edit() == Edit.CREATED;
        return writeResult.answer(data).respond(isNew ? HttpStatus.CREATED : HttpStatus.OK, headers -> {
            headers.setETag(tag);
            if (isNew) {
                headers.setLocation(URI.create(
                        path.replace("{service_name}", writeResult.what().service())));
            }
        });
    }

    static void requireName(String service) {
        CommandNameRules.SERVICE.require("service_name", service);
    }

    /** From {@code If-Match} and {@code If-None-Match}. */
    static ConfigurationPrecondition expected(ServerHttpRequest request) {
        return new ConfigurationPrecondition(
                PreconditionParser.ifMatch(request).tags(),
                PreconditionParser.onlyPresent(request),
                PreconditionParser.onlyNew(request));
    }
}
