package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.EventAppender.AppendResult;
import dev.aicore.discovery.eventstore.IdempotencyStore.NewIdempotencyRecord;
import dev.aicore.discovery.eventstore.NodeRows.Membership;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.axonframework.modelling.command.ConcurrencyException;

/**
 * Writes to the store over one connection, under one generation of its node and one epoch of the head. Caches the
 * head's position and the last sequence number of each shard. After any failure of the connection, another session
 * under a higher generation and epoch reads both again.
 */
final class AppenderSession implements AutoCloseable {

    private final Connection connection;
    private final Membership membership;
    private final HeadRows.Claim claim;
    private final EventStoreSettings settings;
    private final TimeSource time;
    private volatile long validUntil;
    private long position;
    private long[] lastSeq;
    private long partitionsEnd;
    private long retryPartitionsAt;

    /**
     * Creates the session of a node that has just claimed the store.
     *
     * @param claimedAt monotonic time before the claim was sent
     */
    AppenderSession(
            Connection connection,
            Membership membership,
            HeadRows.Claim claim,
            EventStoreSettings settings,
            TimeSource time,
            long claimedAt)
            throws SQLException {
        this.connection = connection;
        this.membership = membership;
        this.claim = claim;
        this.settings = settings;
        this.time = time;
        renewedBy(claimedAt);
        this.position = claim.position();
        this.lastSeq = ShardSequenceReader.lastOfAll(connection, claim.shards());
        this.partitionsEnd = PartitionRows.end(connection);
        createPartitions(position);
    }

    /**
     * Claims the store again after a broken connection.
     *
     * @throws DeposedException if another writer has claimed the store meanwhile
     */
    AppenderSession resume(DataSource database) throws SQLException {
        var next = open(database, settings);
        try {
            long before = time.nanos();
            next.setAutoCommit(false);
            var member = NodeRows.resume(next, membership, settings.lease());
            var resumed = member.isEmpty()
                    ? Optional.<HeadRows.Claim>empty()
                    : HeadRows.resume(next, claim.holder(), settings.lease());
            if (resumed.isEmpty()) {
                next.rollback();
                throw toDeposedException(next);
            }
            next.commit();
            next.setAutoCommit(true);
            return new AppenderSession(next, member.orElseThrow(), resumed.get(), settings, time, before);
        } catch (SQLException | RuntimeException e) {
            closeQuietly(next);
            throw e;
        }
    }

    /**
     * Reserves the sequence numbers of a request. Each event must be the next of its shard, after the requests that
     * were reserved before.
     *
     * @throws ConcurrencyException if an event isn't the next of its shard; nothing is reserved then
     */
    void reserve(AppendRequest request) {
        int reserved = 0;
        try {
            for (var event : request.events()) {
                reserve(event.shard(), event.seq());
                reserved++;
            }
        } catch (RuntimeException e) {
            request.events().subList(0, reserved).forEach(event -> lastSeq[indexOf(event.shard())]--);
            throw e;
        }
    }

    private void reserve(int shard, long seq) {
        int place = indexOf(shard);
        if (place < 0 || place >= lastSeq.length) {
            throw new IllegalArgumentException(
                    ShardPartitioner.name(shard) + " is not one of the " + claim.shards() + " shards of this store.");
        }
        if (seq != lastSeq[place] + 1) {
            throw new ConcurrencyException("The next event of " + ShardPartitioner.name(shard) + " is "
                    + (lastSeq[place] + 1) + ", got " + seq + ".");
        }
        lastSeq[place] = seq;
    }

    /**
     * Returns the index of a shard among the sequence numbers. The streams beside the shards have negative numbers and
     * come first.
     */
    private static int indexOf(int shard) {
        return shard - ShardPartitioner.MIN_SHARDS;
    }

    /**
     * Appends the events in one statement.
     *
     * @param keys idempotency keys; each refers to an event by its index in {@code events}
     * @throws DeposedException if the node's generation or the epoch is over; nothing was appended
     */
    AppendResult write(List<NewEvent> events, List<NewIdempotencyRecord> keys) throws SQLException {
        long before = time.nanos();
        var receipt = AppendRows.append(connection, membership, claim.epoch(), settings.lease(), events, keys);
        if (receipt.isEmpty()) {
            throw toDeposedException(connection);
        }
        renewedBy(before);
        position = receipt.get().lastPosition();
        return receipt.get();
    }

    /** Creates the partitions for {@code more} events, and some in reserve. */
    void prepareFor(int more) throws SQLException {
        long needed = position + more;
        if (needed + (long) settings.partitionWidth() * settings.partitionsAhead() < partitionsEnd
                || (needed < partitionsEnd && needed < retryPartitionsAt)) {
            return;
        }
        try {
            createPartitions(needed);
        } catch (SQLException e) {
            if (needed >= partitionsEnd) {
                throw e;
            }
            // Another session has locked the table. The existing partitions still suffice, so a later attempt is in
            // time.
            retryPartitionsAt = needed + settings.partitionWidth() / 10;
        }
    }

    /** Reads the sequence numbers again, to drop the reservations of requests that weren't written. */
    void readSequences() throws SQLException {
        lastSeq = ShardSequenceReader.lastOfAll(connection, claim.shards());
    }

    void renew() throws SQLException {
        long before = time.nanos();
        if (!HeadRows.renew(connection, membership, claim.epoch(), settings.lease())) {
            throw toDeposedException(connection);
        }
        renewedBy(before);
    }

    /**
     * Returns true if no other node can have claimed the store yet, by the monotonic clock of this process. May be
     * called by any thread.
     */
    boolean isValid() {
        return validUntil - time.nanos() > 0;
    }

    /** Ends the lease, so that another node can claim the store at once. */
    void release() throws SQLException {
        validUntil = time.nanos();
        HeadRows.release(connection, membership, claim.epoch());
    }

    /**
     * Records a renewal of the lease, which began after it was sent. A tenth of the lease is left for a difference
     * between the clocks.
     */
    private void renewedBy(long sentAt) {
        validUntil = sentAt + settings.lease().toNanos() / 10 * 9;
    }

    /** Returns the position of the last event of the store. */
    long position() {
        return position;
    }

    @Override
    public void close() {
        closeQuietly(connection);
    }

    private void createPartitions(long needed) throws SQLException {
        long width = settings.partitionWidth();
        while (partitionsEnd < needed + width * (settings.partitionsAhead() + 1L)) {
            PartitionRows.create(connection, partitionsEnd, partitionsEnd + width);
            partitionsEnd += width;
        }
    }

    private DeposedException toDeposedException(Connection on) throws SQLException {
        var owner = HeadRows.owner(on);
        return new DeposedException(membership, claim.epoch(), owner);
    }

    static Connection open(DataSource database, EventStoreSettings settings) throws SQLException {
        var connection = database.getConnection();
        try {
            connection.setAutoCommit(true);
            HeadRows.limitStatements(connection, settings.statementTimeout());
            return connection;
        } catch (SQLException e) {
            closeQuietly(connection);
            throw e;
        }
    }

    static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // The connection is broken; there is nothing left to close.
        }
    }

    @Override
    public String toString() {
        return "generation " + membership.generation() + ", epoch " + claim.epoch() + ", position " + position
                + ", sequences " + Arrays.toString(lastSeq);
    }
}
