package dev.aicore.discovery.bench.store;

import dev.aicore.discovery.eventstore.EventAppender;
import dev.aicore.discovery.eventstore.EventAppender.AppendResult;
import dev.aicore.discovery.eventstore.IdempotencyStore.NewIdempotencyRecord;
import dev.aicore.discovery.eventstore.NewEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** Minimal group commit, the same for each design, so that the designs can be compared. */
final class PlainGroupCommit implements EventAppender, AutoCloseable {

    /** Writes a group in one commit, and returns the position before its first event. */
    @FunctionalInterface
    interface Writer {
        long write(Connection connection, List<NewEvent> events) throws SQLException;
    }

    private record Waiting(List<NewEvent> events, CompletableFuture<AppendResult> receipt) {}

    private static final int MAX = 1_000;

    private final Connection connection;
    private final Writer writer;
    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("plain-group-commit").unstarted(this::run);

    PlainGroupCommit(Connection connection, Writer writer) {
        this.connection = connection;
        this.writer = writer;
        thread.start();
    }

    @Override
    public AppendResult append(List<NewEvent> events, List<NewIdempotencyRecord> keys) {
        if (!keys.isEmpty()) {
            throw new IllegalArgumentException("The benchmark does not support idempotency keys.");
        }
        var waiting = new Waiting(events, new CompletableFuture<>());
        queue.add(waiting);
        return waiting.receipt.join();
    }

    @Override
    public void close() throws SQLException {
        thread.interrupt();
        connection.close();
    }

    private void run() {
        try {
            while (true) {
                var group = new ArrayList<Waiting>();
                group.add(queue.take());
                queue.drainTo(group, MAX - 1);
                write(group);
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private void write(List<Waiting> group) {
        try {
            long position = writer.write(
                    connection,
                    group.stream().flatMap(unit -> unit.events.stream()).toList());
            for (var unit : group) {
                unit.receipt.complete(new AppendResult(position + 1, unit.events.size(), Instant.EPOCH));
                position += unit.events.size();
            }
        } catch (SQLException e) {
            group.forEach(unit -> unit.receipt.completeExceptionally(e));
        }
    }
}
