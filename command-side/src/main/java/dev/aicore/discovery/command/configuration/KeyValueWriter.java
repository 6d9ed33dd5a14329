package dev.aicore.discovery.command.configuration;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.configuration.ConfigurationPrecondition;
import dev.aicore.discovery.api.configuration.KeyValueCommand;
import dev.aicore.discovery.api.configuration.KeyValueCommand.DeleteKeyValue;
import dev.aicore.discovery.api.configuration.KeyValueCommand.DeleteKeyValues;
import dev.aicore.discovery.api.configuration.KeyValueCommand.StoreKeyValue;
import dev.aicore.discovery.api.configuration.KeyValueFact.KeyValueStream;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.command.batching.CommandReply;
import dev.aicore.discovery.command.idempotency.IdempotentExecutor;
import dev.aicore.discovery.command.instance.CommandReplyMapper;
import dev.aicore.discovery.command.instance.EventMetadataFactory;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.web.IdempotencyKeyHeader;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Port for changes of the key/value store. The caller's service scope must have been checked; its protocol is recorded
 * in the events.
 *
 * <p>All results fail with {@link RegistryException} if the change is refused; nothing was done then, unless the code
 * is {@code store_unavailable}. An {@code Idempotency-Key} of the request is honoured.
 */
public final class KeyValueWriter {

    /** Maximum size of the values that wait for their decision and their commit. */
    static final long MAX_WAITING_BYTES = 16L << 20;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ConfigurationService service;
    private final IdempotentExecutor idempotent;
    private final TimeSource time;
    private final AtomicLong waitingBytes = new AtomicLong();

    KeyValueWriter(ConfigurationService service, IdempotentExecutor executor, TimeSource time) {
        this.service = service;
        this.idempotent = executor;
        this.time = time;
    }

    /**
     * Stores the value of a key. An equal value with equal flags changes nothing.
     *
     * @param flags unsigned number
     * @param value at most {@link KeyValueStream#MAX_VALUE_BYTES} bytes
     * @return fails with {@code precondition_failed}, {@code quota_exceeded} or {@code overloaded}
     */
    public Mono<CommandReply> store(
            ServerWebExchange exchange,
            String key,
            long flags,
            byte[] value,
            ConfigurationPrecondition expected,
            Caller caller) {
        return CommandReplyMapper.await(() -> whileBounded(value.length, () -> {
            var idempotencyKey = IdempotencyKeyHeader.of(exchange.getRequest(), value);
            var command = new StoreKeyValue(
                    KeyValueStream.NAME,
                    key,
                    flags,
                    Base64.getEncoder().encodeToString(value),
                    expected,
                    time.now(),
                    EventMetadataFactory.of(caller, idempotencyKey));
            return run(exchange, caller, idempotencyKey, command);
        }));
    }

    /**
     * Deletes a key, if it exists.
     *
     * @param expected applies only if the key exists
     * @return fails with {@code precondition_failed}
     */
    public Mono<CommandReply> delete(
            ServerWebExchange exchange, String key, ConfigurationPrecondition expected, Caller caller) {
        return executeWithoutBody(
                exchange,
                caller,
                metadata -> new DeleteKeyValue(KeyValueStream.NAME, key, expected, time.now(), metadata));
    }

    /**
     * Deletes all keys that begin with a prefix, or none.
     *
     * @return fails with {@code validation_failed} if there are too many
     */
    public Mono<CommandReply> deleteAll(ServerWebExchange exchange, String prefix, Caller caller) {
        return executeWithoutBody(
                exchange, caller, metadata -> new DeleteKeyValues(KeyValueStream.NAME, prefix, time.now(), metadata));
    }

    private Mono<CommandReply> executeWithoutBody(
            ServerWebExchange exchange, Caller caller, Function<EventMetadata, KeyValueCommand> command) {
        return CommandReplyMapper.await(() -> {
            var idempotencyKey = IdempotencyKeyHeader.of(exchange.getRequest());
            var metadata = EventMetadataFactory.of(caller, idempotencyKey);
            return run(exchange, caller, idempotencyKey, command.apply(metadata));
        });
    }

    private CompletableFuture<CommandReply> run(
            ServerWebExchange exchange,
            Caller caller,
            @Nullable IdempotencyKeyHeader idempotencyKey,
            KeyValueCommand command) {
        return idempotent.run(exchange, caller, idempotencyKey, key -> service.execute(command, command.at(), key));
    }

    /** Counts the bytes until the write ends, even if its caller has gone. */
    private CompletableFuture<CommandReply> whileBounded(long bytes, Supplier<CompletableFuture<CommandReply>> write) {
        if (waitingBytes.addAndGet(bytes) > MAX_WAITING_BYTES) {
            waitingBytes.addAndGet(-bytes);
            throw new RegistryException(
                    ErrorCode.OVERLOADED, "Too many bytes of values are waiting. Send the request again.", RETRY_AFTER);
        }
        try {
            return write.get().whenComplete((_, _) -> waitingBytes.addAndGet(-bytes));
        } catch (RuntimeException e) {
            waitingBytes.addAndGet(-bytes);
            throw e;
        }
    }
}
