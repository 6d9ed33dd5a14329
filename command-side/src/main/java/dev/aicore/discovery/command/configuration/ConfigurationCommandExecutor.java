package dev.aicore.discovery.command.configuration;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.Outcome.Configured;
import dev.aicore.discovery.api.Outcome.Edit;
import dev.aicore.discovery.api.configuration.ConfigurationCommand;
import dev.aicore.discovery.api.configuration.ConfigurationPrecondition;
import dev.aicore.discovery.command.idempotency.IdempotentExecutor;
import dev.aicore.discovery.command.instance.CommandReplyMapper;
import dev.aicore.discovery.command.instance.PreconditionParser;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.JsonBody;
import dev.aicore.discovery.web.NameRules;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Executes the commands of all routes that change configurations or schemas. */
final class ConfigurationCommandExecutor {

    private final ConfigurationService service;
    private final IdempotentExecutor idempotent;

    ConfigurationCommandExecutor(ConfigurationService service, IdempotentExecutor executor) {
        this.service = service;
        this.idempotent = executor;
    }

    /**
     * Result of a change.
     *
     * @param what outcome of the command
     * @param position position of the change's event; the store's head if nothing changed
     * @param at time of the decision
     * @param recordedAt time at which the store recorded the event; null if nothing changed
     */
    record WriteResult(
            Configured what,
            long position,
            Instant at,
            @Nullable Instant recordedAt) {

        /** Returns the response with the result and its position. */
        <T> ApiResponse<T> toResponse(T data) {
            return ApiResponse.of(data, position, at).recorded(recordedAt);
        }
    }

    /** Executes a command, at most once if the request has an idempotency key. A refusal becomes an error. */
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
     * Returns the response to a stored change: 201 for the first version, else 200.
     *
     * @param path path template of the resource
     */
    static <T> ResponseEntity<ApiResponse<T>> stored(WriteResult writeResult, T data, String tag, String path) {
        boolean isNew = writeResult.what().edit() == Edit.CREATED;
        return writeResult.toResponse(data).respond(isNew ? HttpStatus.CREATED : HttpStatus.OK, headers -> {
            headers.setETag(tag);
            if (isNew) {
                headers.setLocation(URI.create(
                        path.replace("{service_name}", writeResult.what().service())));
            }
        });
    }

    static void requireName(String service) {
        NameRules.SERVICE.require("service_name", service);
    }

    /** Returns the precondition of the headers {@code If-Match} and {@code If-None-Match}. */
    static ConfigurationPrecondition expected(ServerHttpRequest request) {
        return new ConfigurationPrecondition(
                PreconditionParser.ifMatch(request).tags(),
                PreconditionParser.onlyPresent(request),
                PreconditionParser.onlyNew(request));
    }
}
