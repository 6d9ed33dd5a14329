package dev.aicore.discovery.command.readmodel;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.readmodel.DeadLetters;
import dev.aicore.discovery.api.shard.DropDeadLetter;
import dev.aicore.discovery.command.collector.Intake;
import dev.aicore.discovery.command.collector.Reply;
import dev.aicore.discovery.config.eventstore.WriteKey;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Looks at what was parked, and has it given up. */
final class DeadLetterDesk implements AutoCloseable {

    private static final int CONNECTIONS = 1;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ParkedReader reader;
    private final Intake intake;
    private final ExecutorService threads = Executors.newFixedThreadPool(
            CONNECTIONS, Thread.ofVirtual().name("dead-letters").factory());

    DeadLetterDesk(ParkedReader reader, Intake intake) {
        this.reader = reader;
        this.intake = intake;
    }

    /** Never blocks. Fails with {@code not_found} if no read model lacks that fact, and with {@code store_unavailable}. */
    CompletableFuture<Reply> drop(long position, Envelope by, @Nullable WriteKey key) {
        return CompletableFuture.supplyAsync(() -> parked(position), threads)
                .thenCompose(parked -> intake.drop(
                        new DropDeadLetter(
                                position, parked.type(), parked.sequence(), parked.models(), parked.error(), by),
                        key));
    }

    private Parked parked(long position) {
        try {
            return reader.at(position).orElseThrow(() -> DeadLetters.unknown(position));
        } catch (SQLException e) {
            throw new CompletionException(new RegistryException(
                    ErrorCode.STORE_UNAVAILABLE, "The registry's database doesn't answer.", RETRY_AFTER));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
