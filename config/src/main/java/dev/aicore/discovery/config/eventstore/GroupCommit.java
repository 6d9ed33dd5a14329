package dev.aicore.discovery.config.eventstore;

import dev.aicore.discovery.config.settings.EventStoreSettings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/** Takes what waits, appends it in one statement, and tells each unit its own outcome. */
final class GroupCommit {

    private final LaneSession session;
    private final LaneQueue queue;
    private final EventStoreSettings settings;
    private final Consumer<AppendedGroup> onAppended;

    GroupCommit(LaneSession session, LaneQueue queue, EventStoreSettings settings, Consumer<AppendedGroup> onAppended) {
        this.session = session;
        this.queue = queue;
        this.settings = settings;
        this.onAppended = onAppended;
    }

    /**
     * Waits for units and commits one group.
     *
     * @return false if the timer woke the lane instead; the lease is renewed then
     * @throws SQLException if the connection can't be used any more; every unit taken has its outcome
     * @throws DeposedException if the epoch is over; every unit taken has failed with it
     */
    boolean next() throws SQLException {
        var first = queue.take();
        if (first == null) {
            session.renew();
            return false;
        }
        var group = gather(first);
        if (!group.isEmpty()) {
            commit(group);
        }
        return true;
    }

    private List<Unit> gather(Unit first) {
        var group = new ArrayList<Unit>();
        int events = 0;
        long bytes = 0;
        for (@Nullable Unit unit = first; unit != null; ) {
            if (reserve(unit)) {
                group.add(unit);
                events += unit.events().size();
                bytes += unit.bytes();
            }
            boolean full = events >= settings.maxGroupEvents() || bytes >= settings.maxGroupBytes();
            unit = full ? null : queue.poll();
        }
        return group;
    }

    private boolean reserve(Unit unit) {
        try {
            session.reserve(unit);
            return true;
        } catch (RuntimeException e) {
            unit.fail(e);
            return false;
        }
    }

    private void commit(List<Unit> group) throws SQLException {
        try {
            write(group);
        } catch (SQLException e) {
            if (AppendFailure.of(e) != AppendFailure.GUILTY_UNIT) {
                failAll(group, e);
                throw e;
            }
            one(group, e);
        } catch (RuntimeException e) {
            group.forEach(unit -> unit.fail(e));
            throw e;
        }
    }

    /** The group was rolled back because of one of its units: each by itself, only the guilty one fails. */
    private void one(List<Unit> group, SQLException cause) throws SQLException {
        if (group.size() == 1) {
            group.getFirst().fail(guilty(cause));
            session.readSequences();
            return;
        }
        for (int i = 0; i < group.size(); i++) {
            try {
                session.readSequences();
                var unit = group.get(i);
                if (reserve(unit)) {
                    commit(List.of(unit));
                }
            } catch (SQLException | RuntimeException e) {
                var rest = StoreUnavailableException.nothingDone("The event store went away.", e);
                group.subList(i, group.size()).forEach(unit -> unit.fail(rest));
                throw e;
            }
        }
    }

    private void write(List<Unit> group) throws SQLException {
        var events = group.size() == 1
                ? group.getFirst().events()
                : group.stream().flatMap(unit -> unit.events().stream()).toList();
        session.prepareFor(events.size());
        var receipt = session.write(events, keysOf(group));
        // First: whoever is answered may read what it wrote at once.
        onAppended.accept(new AppendedGroup(receipt, events));
        long next = receipt.firstPosition();
        for (var unit : group) {
            unit.succeed(new Receipt(next, unit.events().size(), receipt.recordedAt()));
            next += unit.events().size();
        }
    }

    private static List<NewKey> keysOf(List<Unit> group) {
        if (group.stream().allMatch(unit -> unit.keys().isEmpty())) {
            return List.of();
        }
        var keys = new ArrayList<NewKey>();
        int before = 0;
        for (var unit : group) {
            for (var key : unit.keys()) {
                keys.add(new NewKey(key.key(), before + key.event(), key.outcome()));
            }
            before += unit.events().size();
        }
        return keys;
    }

    private static void failAll(List<Unit> group, SQLException cause) {
        boolean unknown = AppendFailure.of(cause) == AppendFailure.UNKNOWN;
        var failure = new StoreUnavailableException("The append failed: " + cause.getMessage(), unknown, cause);
        group.forEach(unit -> unit.fail(failure));
    }

    private static RuntimeException guilty(SQLException cause) {
        if (AppendFailure.isTakenKey(cause)) {
            return new KeyTakenException(cause);
        }
        return AppendFailure.isDuplicate(cause)
                ? new ConcurrencyException("The store holds one of these events already.", cause)
                : new EventStoreException("The store refuses these events: " + cause.getMessage(), cause);
    }
}
