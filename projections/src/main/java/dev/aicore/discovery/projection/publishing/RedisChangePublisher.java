package dev.aicore.discovery.projection.publishing;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.readmodel.redis.DocumentHeader;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.function.LongSupplier;

/** Makes documents of what is in the tables, and writes them to Redis. */
final class RedisChangePublisher implements ChangePublisher {

    private static final long PACE_MILLIS = 250;

    private final ServiceDocumentReader reader;
    private final RedisDocumentStore documents;
    private final LongSupplier folded;
    private final TimeSource time;
    private final Runnable onMissingEpoch;

    /**
     * @param folded up to which position the tables are complete, as far as this process knows
     * @param onMissingEpoch called if Redis has no epoch of this store, and hence takes no documents
     */
    RedisChangePublisher(
            ServiceDocumentReader reader,
            RedisDocumentStore documents,
            LongSupplier folded,
            TimeSource time,
            Runnable onMissingEpoch) {
        this.reader = reader;
        this.documents = documents;
        this.folded = folded;
        this.time = time;
        this.onMissingEpoch = onMissingEpoch;
    }

    @Override
    public void publish(Map<String, Long> services) throws IOException, InterruptedException, SQLException {
        write(services.keySet());
    }

    /** Other processes read a document that isn't far enough from PostgreSQL, so that it may be a little late. */
    @Override
    public long paceMillis() {
        return PACE_MILLIS;
    }

    /** Up to which position the tables are complete, as far as this process knows. */
    long folded() {
        return folded.getAsLong();
    }

    /** Writes the documents of these services as they are now. */
    void write(Collection<String> services) throws IOException, InterruptedException, SQLException {
        // Before the rows are read: then they reflect at least this, and are no older than this.
        long position = folded.getAsLong();
        long at = time.now().toEpochMilli();
        var written = documents.write(reader.services(services).stream()
                .map(serviceRows -> new DocumentWrite(
                        serviceRows.name(),
                        new DocumentHeader(
                                serviceRows.now().store(),
                                Math.max(position, serviceRows.now().position()),
                                at,
                                serviceRows.mark()),
                        serviceRows.instances()))
                .toList());
        if (!written) {
            onMissingEpoch.run();
        }
    }
}
