package dev.aicore.discovery.projection.cache;

import dev.aicore.discovery.config.redis.DocumentHead;
import dev.aicore.discovery.config.time.TimeSource;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.function.LongSupplier;

/** Makes documents of what is in the tables, and writes them to Redis. */
final class RedisOutlet implements Outlet {

    private static final long PACE_MILLIS = 250;

    private final ServiceReader reader;
    private final RedisDocuments documents;
    private final LongSupplier folded;
    private final TimeSource time;
    private final Runnable onMissingEpoch;

    /**
     * @param folded up to which position the tables are complete, as far as this process knows
     * @param onMissingEpoch called if Redis has no epoch of this store, and hence takes no documents
     */
    RedisOutlet(
            ServiceReader reader,
            RedisDocuments documents,
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
    public void tell(Map<String, Long> services) throws IOException, InterruptedException, SQLException {
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
                .map(service -> new Document(
                        service.name(),
                        new DocumentHead(
                                service.now().store(),
                                Math.max(position, service.now().position()),
                                at,
                                service.mark()),
                        service.instances()))
                .toList());
        if (!written) {
            onMissingEpoch.run();
        }
    }
}
