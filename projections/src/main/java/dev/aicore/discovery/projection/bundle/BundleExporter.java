package dev.aicore.discovery.projection.bundle;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.settings.DecisionSettings;
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

/**
 * Opens exports once the read models contain the requested facts. Limits their number, because each holds a connection.
 */
public final class BundleExporter {

    private static final Logger LOG = LoggerFactory.getLogger(BundleExporter.class);

    /** Maximum number of concurrent exports; more are refused. */
    static final int MAX_CONCURRENT = 2;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final StoreAccess store;
    private final Set<String> models;
    private final WatermarkTracker watermarkTracker;
    private final TimeSource time;
    private final DecisionSettings settings;
    private final Semaphore permits = new Semaphore(MAX_CONCURRENT);

    /**
     * @param models names of the read models that a bundle consists of
     * @param settings settings of the registry, of which a bundle contains those that decisions depend on
     */
    public BundleExporter(
            StoreAccess store,
            Set<String> models,
            WatermarkTracker watermarkTracker,
            TimeSource time,
            DecisionSettings settings) {
        this.store = store;
        this.models = Set.copyOf(models);
        this.watermarkTracker = watermarkTracker;
        this.time = time;
        this.settings = settings;
    }

    /**
     * Opens an export, to be closed by {@link #close}. Blocks.
     *
     * @param patience maximum wait for the read models
     * @throws RegistryException {@code overloaded}, {@code not_yet_visible}, {@code store_unavailable}, and the errors
     *     of {@link BundleExport#open}
     */
    public BundleExport open(AsOfPoint from, AsOfPoint to, Duration patience) throws InterruptedException {
        if (!permits.tryAcquire()) {
            throw new RegistryException(
                    ErrorCode.OVERLOADED, "The maximum of " + MAX_CONCURRENT + " exports is reached.", RETRY_AFTER);
        }
        try {
            await(store.head().get().lastFact(), patience);
            return BundleExport.open(store.database(), from, to, time.now(), settings.values());
        } catch (SQLException failure) {
            permits.release();
            throw unavailable(failure);
        } catch (InterruptedException | RuntimeException failure) {
            permits.release();
            throw failure;
        }
    }

    /**
     * Returns the next lines of an export; see {@link BundleExport#next}.
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

    /** Closes an export at any point. A connection that breaks meanwhile is ignored. */
    public void close(BundleExport bundleExport) {
        try {
            bundleExport.close();
        } catch (SQLException broken) {
            LOG.debug("The database connection of an export broke.", broken);
        } finally {
            permits.release();
        }
    }

    private static RegistryException unavailable(SQLException failure) {
        LOG.warn("Failed to read a bundle from the database: {}", failure.getMessage());
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
