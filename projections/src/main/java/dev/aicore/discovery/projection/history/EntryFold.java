package dev.aicore.discovery.projection.history;

import dev.aicore.discovery.api.access.AccessFact;
import dev.aicore.discovery.api.balancing.PicksReset;
import dev.aicore.discovery.api.configuration.ConfigurationFact;
import dev.aicore.discovery.api.instance.InstanceFact;
import dev.aicore.discovery.api.lease.PreservationEntered;
import dev.aicore.discovery.api.lease.PreservationLeft;
import dev.aicore.discovery.api.readmodel.DeadLetterDropped;
import dev.aicore.discovery.api.repair.EventQuarantined;
import dev.aicore.discovery.api.shard.LeasesGraced;
import dev.aicore.discovery.config.eventstore.UnreadableEntry;
import dev.aicore.discovery.projection.flow.BatchFold;
import dev.aicore.discovery.projection.flow.Recorded;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Folds a batch into entries; facts that don't say where their instance is take that from the entry before. */
final class EntryFold implements BatchFold {

    /** Whether the history has an entry for it. */
    static boolean takes(Object fact) {
        return fact instanceof InstanceFact
                || fact instanceof AccessFact
                || fact instanceof ConfigurationFact
                || fact instanceof PicksReset
                || fact instanceof DeadLetterDropped
                || fact instanceof EventQuarantined
                || fact instanceof PreservationEntered
                || fact instanceof PreservationLeft
                || fact instanceof LeasesGraced
                || fact instanceof UnreadableEntry;
    }

    @Override
    public void fold(Connection connection, List<Recorded> facts) throws SQLException {
        var endpoints = AuditRows.endpointsBefore(connection, firsts(facts));
        AuditRows.insert(connection, entries(facts, endpoints));
    }

    /** Where in a batch each instance is first spoken of. */
    static Map<String, Long> firsts(List<Recorded> facts) {
        var firsts = new HashMap<String, Long>();
        for (var recorded : facts) {
            if (recorded.fact() instanceof InstanceFact fact) {
                firsts.putIfAbsent(fact.id(), recorded.position());
            }
        }
        return firsts;
    }

    /**
     * The entries of a batch.
     *
     * @param endpoints where instances were before it, by id; afterwards, where they are behind it
     */
    static List<AuditEntry> entries(List<Recorded> facts, Map<String, String> endpoints) {
        var entries = new ArrayList<AuditEntry>(facts.size());
        for (var recorded : facts) {
            switch (recorded.fact()) {
                case InstanceFact fact -> {
                    var entry = AuditFold.entry(endpoints.get(fact.id()), fact, recorded.position(), recorded.at());
                    if (entry.endpoint() != null) {
                        endpoints.put(fact.id(), entry.endpoint());
                    }
                    entries.add(entry);
                }
                case AccessFact access -> entries.add(AuditFold.entry(access, recorded.position(), recorded.at()));
                case ConfigurationFact fact -> entries.add(AuditFold.entry(fact, recorded.position(), recorded.at()));
                case PicksReset reset -> entries.add(AuditFold.entry(reset, recorded.position(), recorded.at()));
                case DeadLetterDropped dropped ->
                    entries.add(AuditFold.entry(dropped, recorded.position(), recorded.at()));
                case EventQuarantined quarantined ->
                    entries.add(AuditFold.entry(quarantined, recorded.position(), recorded.at()));
                case PreservationEntered entered ->
                    entries.add(AuditFold.entry(entered, recorded.position(), recorded.at()));
                case PreservationLeft left -> entries.add(AuditFold.entry(left, recorded.position(), recorded.at()));
                case LeasesGraced graced -> entries.add(AuditFold.entry(graced, recorded.position(), recorded.at()));
                default ->
                    throw new IllegalStateException("The history has no entry for "
                            + recorded.fact().getClass().getName() + ".");
            }
        }
        return entries;
    }
}
