package dev.aicore.discovery.command.configuration;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.configuration.ConfigurationCommand;
import dev.aicore.discovery.api.configuration.ConfigurationCommand.DeleteConfiguration;
import dev.aicore.discovery.api.configuration.ConfigurationCommand.StoreConfiguration;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationStream;
import dev.aicore.discovery.api.configuration.ConfigurationPrecondition;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.command.batching.CommandReply;
import dev.aicore.discovery.command.idempotency.IdempotentExecutor;
import dev.aicore.discovery.command.instance.CommandReplyMapper;
import dev.aicore.discovery.command.instance.EventMetadataFactory;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.web.IdempotencyKeyHeader;
import dev.aicore.discovery.web.JsonBody;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Port for changes of configurations in protocols other than the REST API. Takes the documents of the REST API, so that
 * the same parsing, validation, limits and audit apply; the caller's protocol is recorded in the events.
 *
 * <p>All results fail with {@link RegistryException} if the change is refused; nothing was done then, unless the code
 * is {@code store_unavailable}. An {@code Idempotency-Key} of the request is honoured, with the document as its body.
 */
public final class ConfigurationWriter {

    private final ConfigurationService service;
    private final IdempotentExecutor idempotent;
    private final TimeSource time;

    ConfigurationWriter(ConfigurationService service, IdempotentExecutor executor, TimeSource time) {
        this.service = service;
        this.idempotent = executor;
        this.time = time;
    }

    /**
     * Stores a configuration: the bytes are a body of {@code PUT /api/v1/configurations/{service_name}}.
     *
     * @param json at most {@link JsonBody#MAX_BYTES}
     */
    public Mono<CommandReply> store(
            ServerWebExchange exchange,
            String serviceName,
            byte[] json,
            ConfigurationPrecondition expected,
            Caller caller) {
        return Mono.defer(() -> {
            ConfigurationCommandExecutor.requireName(serviceName);
            caller.requireScope(serviceName);
            var key = IdempotencyKeyHeader.of(exchange.getRequest(), json);
            return execute(
                    exchange,
                    caller,
                    key,
                    new StoreConfiguration(
                            ConfigurationStream.NAME,
                            serviceName,
                            JsonBody.objectText(json),
                            expected,
                            time.now(),
                            EventMetadataFactory.of(caller, key)));
        });
    }

    /** Deletes a configuration. */
    public Mono<CommandReply> delete(
            ServerWebExchange exchange, String serviceName, ConfigurationPrecondition expected, Caller caller) {
        return Mono.defer(() -> {
            ConfigurationCommandExecutor.requireName(serviceName);
            caller.requireScope(serviceName);
            var key = IdempotencyKeyHeader.of(exchange.getRequest());
            return execute(
                    exchange,
                    caller,
                    key,
                    new DeleteConfiguration(
                            ConfigurationStream.NAME,
                            serviceName,
                            expected,
                            time.now(),
                            EventMetadataFactory.of(caller, key)));
        });
    }

    private Mono<CommandReply> execute(
            ServerWebExchange exchange,
            Caller caller,
            @Nullable IdempotencyKeyHeader given,
            ConfigurationCommand command) {
        return CommandReplyMapper.await(
                () -> idempotent.run(exchange, caller, given, key -> service.execute(command, key)));
    }
}
