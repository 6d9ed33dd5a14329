package dev.aicore.discovery.command.deadletter;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.deadletter.DeadLetterErrors;
import dev.aicore.discovery.api.deadletter.DropDeadLetter;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.command.batching.CommandGateway;
import dev.aicore.discovery.command.batching.CommandReply;
import dev.aicore.discovery.command.deadletter.DeadLetterReader.DeadLetterRecord;
import dev.aicore.discovery.eventstore.IdempotencyStore.IdempotencyKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/** Finds dead letters and submits their drops. */
final class DeadLetterDropService implements AutoCloseable {

    private static final int CONNECTIONS = 1;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final DeadLetterReader reader;
    private final CommandGateway commandGateway;
    private final ExecutorService threads = Executors.newFixedThreadPool(
            CONNECTIONS, Thread.ofVirtual().name("dead-letters").factory());

    DeadLetterDropService(DeadLetterReader reader, CommandGateway commandGateway) {
        this.reader = reader;
        this.commandGateway = commandGateway;
    }

    /**
     * Drops a dead letter. Never blocks. Fails with {@code not_found} if no read model lacks the fact, and with
     * {@code store_unavailable}.
     */
    CompletableFuture<CommandReply> drop(long position, EventMetadata metadata, @Nullable IdempotencyKey key) {
        return CompletableFuture.supplyAsync(() -> deadLetterAt(position), threads)
                .thenCompose(deadLetterRecord -> commandGateway.drop(
                        new DropDeadLetter(
                                position,
                                deadLetterRecord.type(),
                                deadLetterRecord.sequence(),
                                deadLetterRecord.models(),
                                deadLetterRecord.error(),
                                metadata),
                        key));
    }

    private DeadLetterRecord deadLetterAt(long position) {
        try {
            return reader.at(position).orElseThrow(() -> DeadLetterErrors.unknown(position));
        } catch (DataAccessException e) {
            throw new CompletionException(new RegistryException(
                    ErrorCode.STORE_UNAVAILABLE, "The registry's database doesn't answer.", RETRY_AFTER));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
