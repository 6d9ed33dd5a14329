package dev.aicore.discovery.projection.rebuild;

import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationRolledBack;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationSchemaDeclared;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationStored;
import dev.aicore.discovery.api.configuration.KeyValueFact.KeyValueStored;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.api.instance.InstanceRevived;
import dev.aicore.discovery.api.instance.InstanceUpdated;
import dev.aicore.discovery.projection.processing.RecordedFact;
import dev.aicore.discovery.projection.processing.StoreAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;

/** Reads and deserializes facts on its own thread, one batch ahead of the fold. */
final class FactReader implements AutoCloseable {

    /** Maximum size of a batch in characters: several batches are in memory at once, each fact in several forms. */
    private static final int MAX_CHARACTERS = 2_000_000;

    private final BlockingStream<TrackedEventMessage<?>> stream;
    private final long upTo;
    private final int batchSize;
    private final BooleanSupplier closed;
    private final ExecutorService thread = RebuildThreadFactory.one("rebuild-reader");
    private Future<List<RecordedFact>> nextBatch;

    /**
     * Starts to read.
     *
     * @param behind position after which reading begins
     * @param upTo position of the last fact to read, greater than {@code behind}
     */
    FactReader(StoreAccess store, long behind, long upTo, int batchSize, BooleanSupplier closed) {
        this.stream = store.facts().openStream(new GlobalSequenceTrackingToken(behind));
        this.upTo = upTo;
        this.batchSize = batchSize;
        this.closed = closed;
        this.nextBatch = thread.submit(this::read);
    }

    /** Returns the next facts, at least one. Must not be called after the last fact was returned. */
    List<RecordedFact> next() throws InterruptedException {
        try {
            var batch = nextBatch.get();
            if (batch.getLast().position() < upTo) {
                nextBatch = thread.submit(this::read);
            }
            return batch;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case InterruptedException _ -> throw new InterruptedException("The node is stopping.");
                case RuntimeException failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private List<RecordedFact> read() throws InterruptedException {
        var batch = new ArrayList<RecordedFact>(batchSize);
        long characters = 0;
        for (long position = 0; batch.size() < batchSize && characters < MAX_CHARACTERS && position < upTo; ) {
            if (stream.hasNextAvailable(1, TimeUnit.SECONDS)) {
                var recordedFact = RecordedFact.of(stream.nextAvailable());
                batch.add(recordedFact);
                position = recordedFact.position();
                characters += characters(recordedFact.fact());
            } else if (closed.getAsBoolean()) {
                throw new InterruptedException("The node is stopping.");
            }
        }
        return batch;
    }

    /** Returns the size of the parts of a fact whose length callers determine. */
    private static int characters(Object fact) {
        return switch (fact) {
            case InstanceRegistered registered -> registered.declaration().characters();
            case InstanceUpdated updated -> updated.declaration().characters();
            case InstanceRevived revived -> revived.declaration().characters();
            case ConfigurationStored stored -> stored.content().length();
            case ConfigurationRolledBack rolledBack -> rolledBack.content().length();
            case ConfigurationSchemaDeclared declared -> declared.schema().length();
            case KeyValueStored stored -> stored.value().length();
            default -> 0;
        };
    }

    @Override
    public void close() {
        thread.shutdownNow();
        thread.close();
        stream.close();
    }
}
