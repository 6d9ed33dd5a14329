package dev.aicore.discovery.projection.cache;

import dev.aicore.discovery.config.redis.RedisConnections;
import dev.aicore.discovery.config.time.Ids;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.projection.flow.Watermarks;
import dev.aicore.discovery.projection.instance.InstanceProjection;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** All that tells of changed services. */
public final class Publication implements AutoCloseable {

    private final ServicePublisher publisher;
    private final @Nullable Reconciler reconciler;

    private Publication(ServicePublisher publisher, @Nullable Reconciler reconciler) {
        this.publisher = publisher;
        this.reconciler = reconciler;
    }

    /** By NOTIFY alone; nothing is cached. */
    public static Publication byNotify(ChangedServices changed, Watermarks watermarks, DataSource database) {
        return new Publication(publisher(changed, watermarks, new ChangeRows(database)), null);
    }

    /**
     * By documents in Redis.
     *
     * @param refreshInterval the longest time between two comparisons of documents and tables
     */
    public static Publication toRedis(
            ChangedServices changed,
            Watermarks watermarks,
            DataSource database,
            RedisConnections redis,
            Duration refreshInterval,
            TimeSource time,
            Ids ids,
            RandomGenerator random) {
        var reader = new ServiceReader(database, ServiceReader.MOST_INSTANCES, ServiceReader.MOST_CHARACTERS);
        var documents = new RedisDocuments(redis.writing(), redis.keys());
        var comparison = new AtomicBoolean(true);
        var outlet = new RedisOutlet(
                reader,
                documents,
                () -> watermarks.position(InstanceProjection.NAME),
                time,
                () -> comparison.set(true));
        redis.onConnected(() -> comparison.set(true));
        return new Publication(
                publisher(changed, watermarks, outlet),
                new Reconciler(reader, documents, outlet, changed, comparison, refreshInterval, time, ids, random));
    }

    /** Tells from now on. */
    public void start() {
        publisher.start();
        if (reconciler != null) {
            reconciler.start();
        }
    }

    @Override
    public void close() {
        publisher.close();
        if (reconciler != null) {
            reconciler.close();
        }
    }

    private static ServicePublisher publisher(ChangedServices changed, Watermarks watermarks, Outlet outlet) {
        return new ServicePublisher(
                changed, position -> watermarks.awaiting(InstanceProjection.NAME, position), outlet);
    }
}
