package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.InstanceFact;
import dev.aicore.discovery.api.RegistryEvent;
import dev.aicore.discovery.api.deadletter.DeadLetterDropped;
import dev.aicore.discovery.api.discovery.PicksReset;
import dev.aicore.discovery.api.health.CircuitChanged;
import dev.aicore.discovery.api.health.HealthChanged;
import dev.aicore.discovery.api.health.MonitoringSwitched;
import dev.aicore.discovery.api.instance.InstanceAdopted;
import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.api.instance.InstanceRemoved;
import dev.aicore.discovery.api.instance.InstanceRevived;
import dev.aicore.discovery.api.instance.InstanceUpdated;
import dev.aicore.discovery.api.lease.LeaseExpired;
import dev.aicore.discovery.api.lease.LeaseOverdue;
import dev.aicore.discovery.api.lease.LeasesExtended;
import dev.aicore.discovery.api.lease.SelfPreservationEntered;
import dev.aicore.discovery.api.lease.SelfPreservationExited;
import dev.aicore.discovery.api.shard.ObservationsRecorded;
import dev.aicore.discovery.api.shard.ShardCheckpointed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Derives the history of each instance from the events alone, as a reader of the store would. Maps slots to instances
 * only by the facts that assign slots.
 */
final class EventHistoryReplay {

    private final Map<String, List<String>> lines = new TreeMap<>();
    private final Map<Integer, String> slots = new HashMap<>();
    private final List<Map<String, List<String>>> byEvent = new ArrayList<>();

    static EventHistoryReplay of(List<RegistryEvent> events) {
        var eventHistoryReplay = new EventHistoryReplay();
        events.forEach(eventHistoryReplay::add);
        return eventHistoryReplay;
    }

    /** Returns the history of each instance in order. Omits slots and generations, which depend on the batches. */
    Map<String, List<String>> lines() {
        return lines;
    }

    /** Returns what an event states about an instance. */
    List<String> linesOfEvent(int event, String id) {
        return byEvent.get(event).getOrDefault(id, List.of());
    }

    private void add(RegistryEvent event) {
        byEvent.add(new HashMap<>());
        switch (event) {
            case InstanceFact fact -> fact(fact);
            case ObservationsRecorded recorded ->
                recorded.forEach((slot, kind, observedAt, decidedAt, first, second) -> addLine(
                        Objects.requireNonNull(slots.get(slot), "slot " + slot + " is nobody's"),
                        HistoryLine.observed(kind, observedAt, decidedAt, first, second)));
            case PicksReset reset -> byEvent.getLast().put("", List.of("reset " + reset.resetAt()));
            case DeadLetterDropped dropped -> byEvent.getLast().put("", List.of("dropped " + dropped.dropped()));
            case SelfPreservationEntered entered -> addLine("", "preserving " + entered);
            case SelfPreservationExited exited -> addLine("", "not preserving " + exited);
            case LeasesExtended extended -> byEvent.getLast().put("", List.of("graced " + extended.from()));
            case ShardCheckpointed checkpointed ->
                checkpointed.contents().entries().forEach(entry -> {
                    if (!entry.id().equals(slots.get(entry.slot()))) {
                        throw new IllegalStateException("The checkpoint seats " + entry + " on " + slots);
                    }
                });
            default -> throw new IllegalArgumentException("No event of a shard: " + event);
        }
    }

    private void fact(InstanceFact fact) {
        addLine(
                fact.id(),
                switch (fact) {
                    case InstanceRegistered registered -> {
                        slots.put(registered.slot(), registered.id());
                        yield HistoryLine.registered(
                                registered.owner(),
                                registered.declaration(),
                                registered.initialHealth(),
                                registered.registeredAt().toEpochMilli());
                    }
                    case InstanceUpdated updated ->
                        HistoryLine.updated(
                                updated.version(),
                                updated.declaration(),
                                updated.declared(),
                                updated.updatedAt().toEpochMilli());
                    case InstanceDeregistered deregistered ->
                        HistoryLine.deregistered(deregistered.deregisteredAt().toEpochMilli());
                    case LeaseExpired expired ->
                        HistoryLine.expired(
                                expired.silentSince().toEpochMilli(),
                                expired.ttl(),
                                expired.expiredAt().toEpochMilli(),
                                expired.removeAt().toEpochMilli());
                    case InstanceRemoved removed ->
                        HistoryLine.removed(
                                removed.removedAt().toEpochMilli(),
                                removed.revivableUntil().toEpochMilli());
                    case InstanceRevived revived -> {
                        slots.put(revived.slot(), revived.id());
                        yield HistoryLine.revived(
                                revived.version(),
                                revived.declaration(),
                                revived.revivedAt().toEpochMilli());
                    }
                    case HealthChanged changed ->
                        HistoryLine.turned(
                                changed.from(),
                                changed.to(),
                                changed.consecutive(),
                                changed.changedAt().toEpochMilli());
                    case LeaseOverdue overdue ->
                        HistoryLine.overdue(
                                overdue.silentSince().toEpochMilli(),
                                overdue.ttl(),
                                overdue.overdueAt().toEpochMilli());
                    case CircuitChanged changed ->
                        HistoryLine.breakerChanged(
                                changed.from(),
                                changed.to(),
                                changed.calls(),
                                changed.failures(),
                                changed.changedAt().toEpochMilli());
                    case InstanceAdopted adopted -> "adopted by " + adopted.owner();
                    case MonitoringSwitched switched ->
                        HistoryLine.switched(
                                switched.monitored(), switched.switchedAt().toEpochMilli());
                });
    }

    private void addLine(String id, String line) {
        lines.computeIfAbsent(id, none -> new ArrayList<>()).add(line);
        byEvent.getLast().computeIfAbsent(id, none -> new ArrayList<>()).add(line);
    }
}
