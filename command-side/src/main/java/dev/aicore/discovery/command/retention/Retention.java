package dev.aicore.discovery.command.retention;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.settings.RetentionSettings;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops observations that are old or too many, partition by partition, once nobody needs them. Blocks. */
final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** A look, and what follows from it. */
    record Planned(Look look, RetentionPlan plan) {}

    /**
     * A partition that is gone.
     *
     * @param archive where its rows are; null if nowhere
     */
    record Dropped(Partition partition, long rows, @Nullable String archive) {}

    /**
     * What a run did.
     *
     * @param left what there is after it
     * @param asked what shards were asked to do
     * @param failure why it dropped no more; null if it dropped all that it could
     */
    record Done(
            Planned left,
            List<Dropped> dropped,
            List<String> asked,
            @Nullable String failure) {}

    private final DataSource database;
    private final LookRows.ReadableSnapshots snapshots;
    private final BooleanSupplier holdsTheStore;
    private final Asking asking;
    private final RetentionMeters meters;
    private final RetentionSettings settings;
    private final @Nullable Archive archive;
    private final ReentrantLock running = new ReentrantLock();

    /**
     * Does nothing yet.
     *
     * @param snapshots which snapshots can be read
     * @param holdsTheStore whether this process writes to the store
     */
    Retention(
            DataSource database,
            LookRows.ReadableSnapshots snapshots,
            BooleanSupplier holdsTheStore,
            Asking asking,
            RetentionMeters meters,
            RetentionSettings settings) {
        this.database = database;
        this.snapshots = snapshots;
        this.holdsTheStore = holdsTheStore;
        this.asking = asking;
        this.meters = meters;
        this.settings = settings;
        var directory = settings.archive();
        this.archive = directory == null ? null : new Archive(directory);
    }

    /**
     * What a run would do now.
     *
     * @throws RegistryException {@code store_unavailable} if the database fails
     */
    Planned plan() {
        try (var connection = database.getConnection()) {
            var look = LookRows.look(connection, snapshots);
            meters.looked(look);
            return new Planned(look, RetentionPlan.of(look, settings));
        } catch (SQLException e) {
            throw unavailable("What is in the event store can't be looked at: " + e.getMessage());
        }
    }

    /**
     * Drops what can be dropped, and asks shards for what keeps the rest.
     *
     * @throws RegistryException {@code conflict} while another run is under way, {@code store_unavailable} if the database fails
     *     before anything is dropped, or this process doesn't hold the store
     */
    Done run() {
        if (!running.tryLock()) {
            throw new RegistryException(ErrorCode.CONFLICT, "A run is under way already.");
        }
        try {
            if (!holdsTheStore.getAsBoolean()) {
                throw unavailable("This process doesn't hold the event store just now.");
            }
            var plan = plan().plan();
            var dropped = new ArrayList<Dropped>();
            var failure = drop(plan, dropped);
            var asked = asking.ask(plan);
            return new Done(plan(), dropped, asked, failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("The process is stopping.");
        } finally {
            running.unlock();
        }
    }

    /** Why it went no further; null if it went to the end. */
    private @Nullable String drop(RetentionPlan plan, List<Dropped> dropped) {
        for (var verdict : plan.drops()) {
            var partition = verdict.partition();
            if (!holdsTheStore.getAsBoolean()) {
                return "This process doesn't hold the event store any more.";
            }
            try (var connection = database.getConnection()) {
                var gone = drop(connection, partition);
                dropped.add(gone);
                meters.dropped(gone.rows());
                LOG.info(
                        "Dropped the observations at {} to {} ({}): {} rows, {} bytes, archive {}",
                        partition.from(),
                        partition.to() - 1,
                        verdict.reason(),
                        gone.rows(),
                        partition.bytes(),
                        gone.archive() == null ? "none" : gone.archive());
            } catch (SQLException | IOException e) {
                LOG.warn("{} is kept until the next look: {}", partition.table(), e.toString());
                return partition.table() + " is kept: "
                        + (e instanceof SQLException sql && DropRows.isBusy(sql)
                                ? "it is being read."
                                : e.getMessage());
            }
        }
        return null;
    }

    private Dropped drop(Connection connection, Partition partition) throws SQLException, IOException {
        long rows = DropRows.count(connection, partition);
        String file = null;
        if (archive != null) {
            var written = archive.write(partition.table(), out -> DropRows.copy(connection, partition, out));
            if (written.rows() != rows) {
                throw new IOException("Of " + rows + " rows " + written.rows() + " were archived.");
            }
            file = written.file().toString();
        }
        DropRows.drop(connection, partition, rows, file);
        return new Dropped(partition, rows, file);
    }

    private static RegistryException unavailable(String why) {
        return new RegistryException(ErrorCode.STORE_UNAVAILABLE, why, RETRY_AFTER);
    }
}
