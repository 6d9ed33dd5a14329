package dev.aicore.discovery.projection.axonserver;

import dev.aicore.discovery.eventstore.EventPageReader.EventPage;
import dev.aicore.discovery.eventstore.wire.WireTypeRegistry.NewerEventException;
import dev.aicore.discovery.projection.axonserver.FactExportException.Reason;
import dev.aicore.discovery.projection.axonserver.InstanceSequenceReader.InstanceFacts;
import dev.aicore.discovery.projection.processing.StoreAccess;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Exports facts page by page. Holds one page in memory, however far the export is behind.
 *
 * <p>Each fact has the same sequence number in its instance whenever it is exported. Axon Server refuses a number that
 * is taken, so an append whose outcome is unknown is repeated; if it is refused, the events that are there are compared
 * with the facts. Thus each fact is appended once, whichever side was killed. Not thread-safe, except for the counters.
 */
final class FactExporter {

    /** Maximum number of cached sequence numbers. */
    private static final int MAX_CACHED_INSTANCES = 10_000;

    /** Number of appends of a page: with the events of a former attempt, without them, and once more. */
    private static final int MAX_APPENDS = 3;

    private static final float LOAD_FACTOR = 0.75f;

    private final StoreAccess store;
    private final ExportToken token;
    private final FactEventEncoder encoder;
    private final int batchSize;
    private final Map<String, Long> nextSequences = new LinkedHashMap<>(16, LOAD_FACTOR, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_CACHED_INSTANCES;
        }
    };
    private final AtomicLong exported = new AtomicLong();
    private final AtomicLong alreadyThere = new AtomicLong();
    private final AtomicLong restarts = new AtomicLong();
    private @Nullable AxonServerSession compared;

    /** @param batchSize maximum number of facts on a page */
    FactExporter(StoreAccess store, ExportToken token, FactEventEncoder encoder, int batchSize) {
        this.store = store;
        this.token = token;
        this.encoder = encoder;
        this.batchSize = batchSize;
    }

    /** Returns the number of facts that this process has appended. */
    long exported() {
        return exported.get();
    }

    /** Returns the number of facts that this process found in the context when it appended them. */
    long alreadyThere() {
        return alreadyThere.get();
    }

    /** Returns how often the export began again at the first fact. */
    long restarts() {
        return restarts.get();
    }

    /** Forgets the cached sequence numbers, because another node may have exported since. */
    void forget() {
        nextSequences.clear();
        compared = null;
    }

    /**
     * Exports the next page of facts. The token must be claimed.
     *
     * @return true if there may be more facts
     * @throws FactExportException if the page isn't exported, or it is not known to be
     */
    boolean exportPage(AxonServerSession session) throws FactExportException {
        if (compared != session) {
            requireEarlierFacts(session);
            compared = session;
        }
        var next = new HashMap<String, Long>();
        var facts = new ArrayList<ExportedFact>();
        var page = readPage(next, facts);
        if (!facts.isEmpty()) {
            append(session, facts);
        }
        if (page.readTo() > token.position()) {
            token.store(page.readTo());
            nextSequences.putAll(next);
        }
        return page.full();
    }

    /** Begins again at the first fact if the store was restored, or the context lacks what was exported before. */
    private void requireEarlierFacts(AxonServerSession session) throws FactExportException {
        long position = token.position();
        if (position > store.head().get().position()) {
            restart("The export is ahead of the store: the store was restored from a backup.");
        }
        InstanceFacts last;
        try (var connection = store.timed().getConnection()) {
            last = InstanceSequenceReader.last(connection, position);
        } catch (SQLException e) {
            throw storeUnavailable(e);
        }
        if (last != null && session.highestSequence(last.instance()) < last.facts() - 1) {
            restart("The context lacks facts of instance " + last.instance() + " that were exported before.");
        }
    }

    private void restart(String reason) throws FactExportException {
        token.store(0);
        nextSequences.clear();
        restarts.incrementAndGet();
        throw new FactExportException(Reason.EVENTS_MISSING, reason + " The export begins again at the first fact.");
    }

    private EventPage readPage(Map<String, Long> next, List<ExportedFact> facts) throws FactExportException {
        try (var connection = store.timed().getConnection()) {
            var page = store.facts().page(connection, token.position(), batchSize);
            number(connection, page, next, facts);
            return page;
        } catch (NewerEventException e) {
            throw new FactExportException(Reason.UNREADABLE_FACT, String.valueOf(e.getMessage()), e);
        } catch (SQLException e) {
            throw storeUnavailable(e);
        }
    }

    /** Encodes the facts of a page, each with the number of earlier facts of its instance. */
    private void number(Connection connection, EventPage page, Map<String, Long> next, List<ExportedFact> facts)
            throws SQLException, FactExportException {
        var unknown = new LinkedHashSet<String>();
        for (var event : page.events()) {
            var instance = FactEventEncoder.instanceOf(event);
            if (instance != null && !nextSequences.containsKey(instance)) {
                unknown.add(instance);
            }
        }
        if (!unknown.isEmpty()) {
            next.putAll(InstanceSequenceReader.count(connection, unknown, token.position()));
        }
        for (var event : page.events()) {
            var instance = FactEventEncoder.instanceOf(event);
            if (instance != null) {
                var known = next.get(instance);
                long sequence = known != null ? known : nextSequences.getOrDefault(instance, 0L);
                next.put(instance, sequence + 1);
                facts.add(encoder.encode(event, instance, sequence));
            }
        }
    }

    private void append(AxonServerSession session, List<ExportedFact> facts) throws FactExportException {
        List<ExportedFact> missing = facts;
        for (int attempt = 0; attempt < MAX_APPENDS; attempt++) {
            if (missing.isEmpty()) {
                return;
            }
            if (session.append(missing)) {
                exported.addAndGet(missing.size());
                return;
            }
            int before = missing.size();
            missing = missing(session, missing);
            alreadyThere.addAndGet(before - missing.size());
        }
        if (!missing.isEmpty()) {
            var first = missing.getFirst();
            throw new FactExportException(
                    Reason.SEQUENCE_REFUSED,
                    "Axon Server refuses event " + first.sequence() + " of instance " + first.instance()
                            + ", which it doesn't have.");
        }
    }

    /** Returns the facts that the context doesn't have. */
    private List<ExportedFact> missing(AxonServerSession session, List<ExportedFact> facts) throws FactExportException {
        var byInstance = new LinkedHashMap<String, List<ExportedFact>>();
        facts.forEach(fact -> byInstance
                .computeIfAbsent(fact.instance(), _ -> new ArrayList<>())
                .add(fact));
        var missing = new ArrayList<ExportedFact>();
        for (var ofInstance : byInstance.values()) {
            missing.addAll(missingOfInstance(session, ofInstance));
        }
        // In the order of positions, which other applications see.
        missing.sort((one, other) -> Long.compare(one.position(), other.position()));
        return missing;
    }

    private List<ExportedFact> missingOfInstance(AxonServerSession session, List<ExportedFact> facts)
            throws FactExportException {
        var first = facts.getFirst();
        var there = session.identifiers(
                first.instance(), first.sequence(), facts.getLast().sequence());
        if (there.isEmpty() && session.highestSequence(first.instance()) < first.sequence() - 1) {
            restart("The context lacks facts of instance " + first.instance() + " that were exported before.");
        }
        var missing = new ArrayList<ExportedFact>();
        for (var fact : facts) {
            var identifier = there.get(fact.sequence());
            if (identifier == null) {
                missing.add(fact);
            } else if (!identifier.equals(fact.identifier())) {
                throw new FactExportException(
                        Reason.DIVERGED,
                        "Event " + fact.sequence() + " of aggregate " + fact.instance()
                                + " in the context is not of this store. Export to another context.");
            }
        }
        return missing;
    }

    private static FactExportException storeUnavailable(SQLException e) {
        return new FactExportException(
                Reason.STORE_UNAVAILABLE, "The event store is unavailable: " + e.getMessage(), e);
    }
}
