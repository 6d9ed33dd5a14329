package dev.aicore.discovery.bench.store;

import dev.aicore.discovery.config.eventstore.Appender;
import dev.aicore.discovery.config.eventstore.NewEntry;
import dev.aicore.discovery.config.eventstore.Receipt;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** Group commit and nothing else: the same for each way of writing, so that they can be compared. */
final class PlainLane implements Appender, AutoCloseable {

    /** Writes a group in one commit, and tells the position before its first event. */
    @FunctionalInterface
    interface Writer {
        long write(Connection connection, List<NewEntry> events) throws SQLException;
    }

    private record Waiting(List<NewEntry> events, CompletableFuture<Receipt> receipt) {}

    private static final int MOST = 1_000;

    private final Connection connection;
    private final Writer writer;
    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("plain-lane").unstarted(this::run);

    PlainLane(Connection connection, Writer writer) {
        this.connection = connection;
        this.writer = writer;
        thread.start();
    }

    @Override
    public Receipt append(List<NewEntry> events) {
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
                queue.drainTo(group, MOST - 1);
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
                unit.receipt.complete(new Receipt(position + 1, unit.events.size(), Instant.EPOCH));
                position += unit.events.size();
            }
        } catch (SQLException e) {
            group.forEach(unit -> unit.receipt.completeExceptionally(e));
        }
    }
}
