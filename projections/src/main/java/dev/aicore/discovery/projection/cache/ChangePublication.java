package dev.aicore.discovery.projection.cache;

import dev.aicore.discovery.config.time.IdGenerator;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.projection.cache.AsyncChangePublisher.ChangePublisher;
import dev.aicore.discovery.projection.instance.InstanceProjection;
import dev.aicore.discovery.projection.processing.WatermarkTracker;
import dev.aicore.discovery.readmodel.cache.RedisConnections;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Assembles and runs the publication of changed services. */
public final class ChangePublication implements AutoCloseable {

    private final AsyncChangePublisher publisher;
    private final @Nullable Reconciler reconciler;

    private ChangePublication(AsyncChangePublisher publisher, @Nullable Reconciler reconciler) {
        this.publisher = publisher;
        this.reconciler = reconciler;
    }

    /** Creates a publication by {@code NOTIFY} alone; nothing is cached. */
    public static ChangePublication byNotify(
            ChangedServiceQueue changed, WatermarkTracker watermarkTracker, DataSource database) {
        return new ChangePublication(publisher(changed, watermarkTracker, new ChangeNotificationRows(database)), null);
    }

    /**
     * Creates a publication by documents in Redis.
     *
     * @param refreshInterval maximum time between two comparisons of documents and tables
     * @param active returns false while another node compares them
     */
    public static ChangePublication toRedis(
            ChangedServiceQueue changed,
            WatermarkTracker watermarkTracker,
            DataSource database,
            RedisConnections redis,
            Duration refreshInterval,
            TimeSource time,
            IdGenerator idGenerator,
            RandomGenerator random,
            BooleanSupplier active) {
        var reader = new ServiceDocumentReader(
                database, ServiceDocumentReader.MAX_INSTANCES, ServiceDocumentReader.MAX_CHARACTERS);
        var documents = new RedisDocumentStore(redis.writing(), redis.keys());
        var comparison = new AtomicBoolean(true);
        var publisher = new RedisChangePublisher(
                reader,
                documents,
                () -> watermarkTracker.position(InstanceProjection.NAME),
                time,
                () -> comparison.set(true));
        redis.onConnected(() -> comparison.set(true));
        return new ChangePublication(
                publisher(changed, watermarkTracker, publisher),
                new Reconciler(
                        reader,
                        documents,
                        publisher,
                        changed,
                        comparison,
                        refreshInterval,
                        time,
                        idGenerator,
                        random,
                        active));
    }

    /** Starts to publish. */
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

    private static AsyncChangePublisher publisher(
            ChangedServiceQueue changed, WatermarkTracker watermarkTracker, ChangePublisher publisher) {
        return new AsyncChangePublisher(
                changed, position -> watermarkTracker.awaiting(InstanceProjection.NAME, position), publisher);
    }
}
