package dev.aicore.discovery.projection.cache;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.projection.cache.AsyncChangePublisher.ChangePublisher;
import dev.aicore.discovery.readmodel.cache.DocumentHeader;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.function.LongSupplier;

/** Creates documents from the tables and writes them to Redis. */
final class RedisChangePublisher implements ChangePublisher {

    private static final long MIN_INTERVAL_MILLIS = 250;

    private final ServiceDocumentReader reader;
    private final RedisDocumentStore documents;
    private final LongSupplier folded;
    private final TimeSource time;
    private final Runnable onMissingEpoch;

    /**
     * @param folded returns the position up to which the tables are complete, as far as this process knows
     * @param onMissingEpoch called if Redis has no epoch of this store and therefore rejects documents
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

    /** Returns a pace that may delay documents a little: readers that need a later position query PostgreSQL. */
    @Override
    public long minIntervalMillis() {
        return MIN_INTERVAL_MILLIS;
    }

    /** Returns the position up to which the tables are complete, as far as this process knows. */
    long folded() {
        return folded.getAsLong();
    }

    /** Writes the current documents of these services. */
    void write(Collection<String> services) throws IOException, InterruptedException, SQLException {
        // Both are read before the rows, which then reflect at least this position and this time.
        long position = folded.getAsLong();
        long at = time.now().toEpochMilli();
        var written = documents.write(reader.services(services).stream()
                .map(serviceRows -> new DocumentWrite(
                        serviceRows.name(),
                        new DocumentHeader(
                                serviceRows.now().store(),
                                serviceRows.mark(),
                                Math.max(position, serviceRows.now().position()),
                                at),
                        serviceRows.instances()))
                .toList());
        if (!written) {
            onMissingEpoch.run();
        }
    }
}
