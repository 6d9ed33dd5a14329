package dev.aicore.discovery.projection.bundle;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.projection.processing.StoreAccess;
import dev.aicore.discovery.projection.processing.WatermarkTracker;
import dev.aicore.discovery.web.AsOfPoint;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens bundles, once the read models have what goes into them; a few at a time, for each takes a connection. */
public final class BundleExporter {

    private static final Logger LOG = LoggerFactory.getLogger(BundleExporter.class);

    /** More at once are refused. */
    static final int MAX_CONCURRENT = 2;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final StoreAccess store;
    private final Set<String> models;
    private final WatermarkTracker watermarkTracker;
    private final TimeSource time;
    private final Semaphore seats = new Semaphore(MAX_CONCURRENT);

    /** @param models names of the read models that a bundle is made of */
    public BundleExporter(StoreAccess store, Set<String> models, WatermarkTracker watermarkTracker, TimeSource time) {
        this.store = store;
        this.models = Set.copyOf(models);
        this.watermarkTracker = watermarkTracker;
        this.time = time;
    }

    /**
     * Opens one; to be closed by {@link #close}. Blocks.
     *
     * @param patience how long to wait for the read models
     * @throws RegistryException {@code overloaded}, {@code not_yet_visible}, {@code store_unavailable}, and what {@link BundleExport#open} refuses
     */
    public BundleExport open(AsOfPoint from, AsOfPoint to, Duration patience) throws InterruptedException {
        if (!seats.tryAcquire()) {
            throw new RegistryException(
                    ErrorCode.OVERLOADED, "There are " + MAX_CONCURRENT + " exports under way already.", RETRY_AFTER);
        }
        try {
            await(store.head().get().lastFact(), patience);
            return BundleExport.open(store.database(), from, to, time.now());
        } catch (SQLException failure) {
            seats.release();
            throw unavailable(failure);
        } catch (InterruptedException | RuntimeException failure) {
            seats.release();
            throw failure;
        }
    }

    /**
     * The next lines of one, as {@link BundleExport#next} has them.
     *
     * @throws RegistryException {@code store_unavailable}
     */
    public List<byte[]> next(BundleExport bundleExport) {
        try {
            return bundleExport.next();
        } catch (SQLException failure) {
            throw unavailable(failure);
        }
    }

    /** Ends one, wherever it is. A connection that breaks in doing so is no loss. */
    public void close(BundleExport bundleExport) {
        try {
            bundleExport.close();
        } catch (SQLException broken) {
            LOG.debug("The connection of an export broke.", broken);
        } finally {
            seats.release();
        }
    }

    private static RegistryException unavailable(SQLException failure) {
        LOG.warn("A bundle can't be read from the database: {}", failure.getMessage());
        return new RegistryException(
                ErrorCode.STORE_UNAVAILABLE, "The registry's database doesn't answer.", RETRY_AFTER);
    }

    private void await(long position, Duration patience) throws InterruptedException {
        for (var model : models) {
            try {
                watermarkTracker.awaiting(model, position).get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException late) {
                throw new RegistryException(
                        ErrorCode.NOT_YET_VISIBLE,
                        "The read model '" + model + "' doesn't reflect position " + position + " yet.",
                        RETRY_AFTER);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
