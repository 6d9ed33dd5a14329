package dev.aicore.discovery.projection.history;

import dev.aicore.discovery.api.InstanceFact;
import dev.aicore.discovery.api.access.ApiKeyFact;
import dev.aicore.discovery.api.configuration.ConfigurationFact;
import dev.aicore.discovery.api.configuration.KeyValueFact;
import dev.aicore.discovery.api.deadletter.DeadLetterDropped;
import dev.aicore.discovery.api.deadletter.EventQuarantined;
import dev.aicore.discovery.api.discovery.PicksReset;
import dev.aicore.discovery.api.lease.LeasesExtended;
import dev.aicore.discovery.api.lease.SelfPreservationEntered;
import dev.aicore.discovery.api.lease.SelfPreservationExited;
import dev.aicore.discovery.eventstore.UnreadableEvent;
import dev.aicore.discovery.projection.processing.BatchFold;
import dev.aicore.discovery.projection.processing.RecordedFact;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Folds a batch into audit entries. Facts without an address take the endpoint from the previous entry of their
 * instance.
 */
final class AuditBatchFold implements BatchFold {

    private final AuditRows rows;

    AuditBatchFold(AuditRows rows) {
        this.rows = rows;
    }

    /** Returns true if the audit has an entry for the fact. */
    static boolean accepts(Object fact) {
        return fact instanceof InstanceFact
                || fact instanceof ApiKeyFact
                || fact instanceof ConfigurationFact
                || fact instanceof KeyValueFact
                || fact instanceof PicksReset
                || fact instanceof DeadLetterDropped
                || fact instanceof EventQuarantined
                || fact instanceof SelfPreservationEntered
                || fact instanceof SelfPreservationExited
                || fact instanceof LeasesExtended
                || fact instanceof UnreadableEvent;
    }

    @Override
    public void fold(Connection connection, List<RecordedFact> facts) throws SQLException {
        var endpoints = rows.endpointsBefore(connection, firstPositions(facts));
        rows.insert(connection, entries(facts, endpoints));
    }

    /** Returns the position of the first fact of each instance in a batch, by instance id. */
    static Map<String, Long> firstPositions(List<RecordedFact> facts) {
        var firsts = new HashMap<String, Long>();
        for (var recordedFact : facts) {
            if (recordedFact.fact() instanceof InstanceFact fact) {
                firsts.putIfAbsent(fact.id(), recordedFact.position());
            }
        }
        return firsts;
    }

    /**
     * Returns the entries of a batch.
     *
     * @param endpoints endpoints of instances before the batch, by id; updated to those after the batch
     */
    static List<AuditEntry> entries(List<RecordedFact> facts, Map<String, String> endpoints) {
        var entries = new ArrayList<AuditEntry>(facts.size());
        for (var recordedFact : facts) {
            switch (recordedFact.fact()) {
                case InstanceFact fact -> {
                    var entry =
                            AuditFold.entry(endpoints.get(fact.id()), fact, recordedFact.position(), recordedFact.at());
                    if (entry.endpoint() != null) {
                        endpoints.put(fact.id(), entry.endpoint());
                    }
                    entries.add(entry);
                }
                case ApiKeyFact access ->
                    entries.add(AuditFold.entry(access, recordedFact.position(), recordedFact.at()));
                case ConfigurationFact fact ->
                    entries.add(AuditFold.entry(fact, recordedFact.position(), recordedFact.at()));
                case KeyValueFact fact ->
                    entries.add(AuditFold.entry(fact, recordedFact.position(), recordedFact.at()));
                case PicksReset reset ->
                    entries.add(AuditFold.entry(reset, recordedFact.position(), recordedFact.at()));
                case DeadLetterDropped dropped ->
                    entries.add(AuditFold.entry(dropped, recordedFact.position(), recordedFact.at()));
                case EventQuarantined quarantined ->
                    entries.add(AuditFold.entry(quarantined, recordedFact.position(), recordedFact.at()));
                case SelfPreservationEntered entered ->
                    entries.add(AuditFold.entry(entered, recordedFact.position(), recordedFact.at()));
                case SelfPreservationExited exited ->
                    entries.add(AuditFold.entry(exited, recordedFact.position(), recordedFact.at()));
                case LeasesExtended extended ->
                    entries.add(AuditFold.entry(extended, recordedFact.position(), recordedFact.at()));
                default ->
                    throw new IllegalStateException("No history entry is defined for "
                            + recordedFact.fact().getClass().getName() + ".");
            }
        }
        return entries;
    }
}
