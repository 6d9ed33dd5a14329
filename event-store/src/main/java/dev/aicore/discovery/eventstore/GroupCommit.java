package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.config.telemetry.TraceContext;
import dev.aicore.discovery.config.telemetry.TracedSpan;
import dev.aicore.discovery.eventstore.AppendListener.AppendedGroup;
import dev.aicore.discovery.eventstore.EventAppender.AppendResult;
import dev.aicore.discovery.eventstore.IdempotencyStore.DuplicateIdempotencyKeyException;
import dev.aicore.discovery.eventstore.IdempotencyStore.NewIdempotencyRecord;
import io.micrometer.tracing.Span.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/** Takes the waiting requests, appends them in one statement, and completes each request with its own outcome. */
final class GroupCommit {

    private final AppenderSession session;
    private final AppendQueue queue;
    private final EventStoreSettings settings;
    private final Consumer<AppendedGroup> onAppended;

    GroupCommit(
            AppenderSession session,
            AppendQueue queue,
            EventStoreSettings settings,
            Consumer<AppendedGroup> onAppended) {
        this.session = session;
        this.queue = queue;
        this.settings = settings;
        this.onAppended = onAppended;
    }

    /**
     * Waits for requests and commits one group.
     *
     * @return false if a wake-up of the timer, or an abandoned request, arrived instead; the lease is renewed then
     * @throws SQLException if the connection can't be used any more; every request taken has its outcome
     * @throws DeposedException if the epoch is over; every request taken has failed with this exception
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

    private List<AppendRequest> gather(AppendRequest first) {
        var group = new ArrayList<AppendRequest>();
        int events = 0;
        long bytes = 0;
        for (@Nullable AppendRequest request = first; request != null; ) {
            if (reserve(request)) {
                group.add(request);
                events += request.events().size();
                bytes += request.bytes();
            }
            boolean full = events >= settings.maxGroupEvents() || bytes >= settings.maxGroupBytes();
            request = full ? null : queue.poll();
        }
        return group;
    }

    private boolean reserve(AppendRequest request) {
        try {
            session.reserve(request);
            return true;
        } catch (RuntimeException e) {
            request.fail(e);
            return false;
        }
    }

    private void commit(List<AppendRequest> group) throws SQLException {
        try {
            write(group);
        } catch (SQLException e) {
            if (AppendErrorType.of(e) != AppendErrorType.REJECTED_REQUEST) {
                failAll(group, e);
                throw e;
            }
            commitIndividually(group, e);
        } catch (RuntimeException e) {
            group.forEach(request -> request.fail(e));
            throw e;
        }
    }

    /**
     * Commits each request of a group on its own after one of them rolled the group back. Only the request at fault
     * fails.
     */
    private void commitIndividually(List<AppendRequest> group, SQLException cause) throws SQLException {
        if (group.size() == 1) {
            group.getFirst().fail(rejection(cause));
            session.readSequences();
            return;
        }
        for (int i = 0; i < group.size(); i++) {
            try {
                session.readSequences();
                var request = group.get(i);
                if (reserve(request)) {
                    commit(List.of(request));
                }
            } catch (SQLException | RuntimeException e) {
                var rest = StoreUnavailableException.nothingDone("The event store became unavailable.", e);
                group.subList(i, group.size()).forEach(unit -> unit.fail(rest));
                throw e;
            }
        }
    }

    private void write(List<AppendRequest> group) throws SQLException {
        var events = group.size() == 1
                ? group.getFirst().events()
                : group.stream().flatMap(request -> request.events().stream()).toList();
        session.prepareFor(events.size());
        var result = append(events, group);
        // Before the callers get their results: a caller may read at once what it wrote.
        onAppended.accept(new AppendedGroup(result, events));
        long next = result.firstPosition();
        for (var unit : group) {
            unit.complete(new AppendResult(next, unit.events().size(), result.recordedAt()));
            next += unit.events().size();
        }
    }

    /** Appends a group, in a span of the first recorded request that has links to all of them. */
    private AppendResult append(List<NewEvent> events, List<AppendRequest> group) throws SQLException {
        var span = beginSpan(group);
        try {
            var result = session.write(events, keysOf(group));
            if (span != null) {
                span.tag("service_discovery.first_position", result.firstPosition())
                        .tag("service_discovery.events", events.size());
            }
            TracedSpan.end(span, null);
            return result;
        } catch (SQLException | RuntimeException e) {
            TracedSpan.end(span, e);
            throw e;
        }
    }

    private static @Nullable TracedSpan beginSpan(List<AppendRequest> group) {
        TracedSpan first = null;
        List<TraceContext> links = List.of();
        for (var request : group) {
            var span = request.span();
            if (span != null) {
                first = first == null ? span : first;
                links = links.isEmpty() ? new ArrayList<>() : links;
                links.add(span.context());
            }
        }
        return first == null ? null : first.child("append", Kind.CLIENT, links).tag("db.system.name", "postgresql");
    }

    private static List<NewIdempotencyRecord> keysOf(List<AppendRequest> group) {
        if (group.stream().allMatch(request -> request.keys().isEmpty())) {
            return List.of();
        }
        var keys = new ArrayList<NewIdempotencyRecord>();
        int before = 0;
        for (var unit : group) {
            for (var key : unit.keys()) {
                keys.add(new NewIdempotencyRecord(key.key(), before + key.event(), key.outcome()));
            }
            before += unit.events().size();
        }
        return keys;
    }

    private static void failAll(List<AppendRequest> group, SQLException cause) {
        boolean unknown = AppendErrorType.of(cause) == AppendErrorType.UNKNOWN;
        var failure = new StoreUnavailableException("The append failed: " + cause.getMessage(), unknown, cause);
        group.forEach(request -> request.fail(failure));
    }

    private static RuntimeException rejection(SQLException cause) {
        if (AppendErrorType.isDuplicateKey(cause)) {
            return new DuplicateIdempotencyKeyException(cause);
        }
        return AppendErrorType.isDuplicate(cause)
                ? new ConcurrencyException("The store contains one of these events already.", cause)
                : new EventStoreException("The store rejected these events: " + cause.getMessage(), cause);
    }
}
