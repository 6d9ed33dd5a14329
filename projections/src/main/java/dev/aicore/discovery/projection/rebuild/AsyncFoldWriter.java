package dev.aicore.discovery.projection.rebuild;

import dev.aicore.discovery.projection.processing.RebuildFold.Write;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Writes folded facts on its own thread, while the next ones are folded: in order, and never more than one batch
 * behind.
 */
final class AsyncFoldWriter implements AutoCloseable {

    private final ExecutorService thread = RebuildThreadFactory.one("rebuild-writer");
    private final Connection connection;
    private Future<?> last = CompletableFuture.completedFuture(null);

    /**
     * @param connection connection for this writer only, unless {@link #await} has returned and nothing was submitted
     *     since
     */
    AsyncFoldWriter(Connection connection) {
        this.connection = connection;
    }

    /** Waits for the previous writes and then starts these. */
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
     * Blocks until all writes are done.
     *
     * @throws SQLException if a write failed
     * @throws RuntimeException if a write failed
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

    /** Blocks until no write is running any more, and ignores failures. */
    void awaitWritten() throws InterruptedException {
        try {
            await();
        } catch (SQLException | RuntimeException known) {
            // The caller rolls back the writes.
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
