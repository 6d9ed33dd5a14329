package dev.aicore.discovery.projection.bundle;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Moment;
import dev.aicore.discovery.projection.flow.StoreAccess;
import dev.aicore.discovery.projection.flow.Watermarks;
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
public final class Exports {

    private static final Logger LOG = LoggerFactory.getLogger(Exports.class);

    /** More at once are refused. */
    static final int MOST = 2;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final StoreAccess store;
    private final Set<String> models;
    private final Watermarks watermarks;
    private final TimeSource time;
    private final Semaphore seats = new Semaphore(MOST);

    /** @param models names of the read models that a bundle is made of */
    public Exports(StoreAccess store, Set<String> models, Watermarks watermarks, TimeSource time) {
        this.store = store;
        this.models = Set.copyOf(models);
        this.watermarks = watermarks;
        this.time = time;
    }

    /**
     * Opens one; to be closed by {@link #close}. Blocks.
     *
     * @param patience how long to wait for the read models
     * @throws RegistryException {@code overloaded}, {@code not_yet_visible}, {@code store_unavailable}, and what {@link Export#open} refuses
     */
    public Export open(Moment from, Moment to, Duration patience) throws InterruptedException {
        if (!seats.tryAcquire()) {
            throw new RegistryException(
                    ErrorCode.OVERLOADED, "There are " + MOST + " exports under way already.", RETRY_AFTER);
        }
        try {
            await(store.head().get().lastFact(), patience);
            return Export.open(store.database(), from, to, time.now());
        } catch (SQLException failure) {
            seats.release();
            throw unavailable(failure);
        } catch (InterruptedException | RuntimeException failure) {
            seats.release();
            throw failure;
        }
    }

    /**
     * The next lines of one, as {@link Export#next} has them.
     *
     * @throws RegistryException {@code store_unavailable}
     */
    public List<byte[]> next(Export export) {
        try {
            return export.next();
        } catch (SQLException failure) {
            throw unavailable(failure);
        }
    }

    /** Ends one, wherever it is. A connection that breaks in doing so is no loss. */
    public void close(Export export) {
        try {
            export.close();
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
                watermarks.awaiting(model, position).get(patience.toMillis(), TimeUnit.MILLISECONDS);
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
