package dev.aicore.discovery.projection.rebuild;

import dev.aicore.discovery.projection.processing.RebuildFold.Write;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Writes what was folded on a thread of its own, while the next is folded: in order, and never more than one piece behind. */
final class AsyncFoldWriter implements AutoCloseable {

    private final ExecutorService thread = RebuildThreadFactory.one("rebuild-writer");
    private final Connection connection;
    private Future<?> last = CompletableFuture.completedFuture(null);

    /** @param connection which is nobody else's, unless {@link #await} has returned and nothing was given to write since */
    AsyncFoldWriter(Connection connection) {
        this.connection = connection;
    }

    /** Begins to write these, once those before are written. */
    void write(List<Write> writes) throws SQLException, InterruptedException {
        await();
        last = thread.submit(() -> {
            for (var write : writes) {
                write.to(connection);
            }
            return null;
        });
    }

    /**
     * Returns when all is written.
     *
     * @throws SQLException if it couldn't be
     * @throws RuntimeException likewise
     */
    void await() throws SQLException, InterruptedException {
        try {
            last.get();
        } catch (ExecutionException e) {
            last = CompletableFuture.completedFuture(null);
            switch (e.getCause()) {
                case SQLException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /** Returns when nothing is being written any more, whatever came of it. */
    void awaitWritten() throws InterruptedException {
        try {
            await();
        } catch (SQLException | RuntimeException known) {
            // Whoever settles gives up what was written.
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
