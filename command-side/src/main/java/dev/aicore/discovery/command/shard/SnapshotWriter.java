package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.shard.Bytes;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Writes a {@link ShardSnapshot}. */
final class SnapshotWriter {

    private final Bytes out = new Bytes(1 << 16);
    private final Map<String, Integer> known = new HashMap<>();

    byte[] shard(String name, ShardState state) {
        out.one((byte) ShardSnapshot.REVISION);
        out.text(name);
        out.varint(state.graceFrom);
        out.varint(state.generation);
        out.varint(state.observationsSinceCheckpoint);
        out.varint(state.slots.next());
        slots(state.slots.free());
        slots(state.slots.left());
        out.varint(state.present.size());
        state.slots.occupants().forEach(this::instance);
        out.varint(state.gone.size());
        state.gone.forEach(this::tombstone);
        services(state.services());
        return out.toArray();
    }

    private void services(Map<String, Service> services) {
        var told = new TreeMap<>(services);
        told.values().removeIf(Service::isPlain);
        out.varint(told.size());
        told.forEach((name, service) -> {
            repeated(name);
            out.varint(service.windowFrom);
            out.varint(service.windowExpired);
            out.one(service.preserving ? 1 : 0);
        });
    }

    private void slots(Collection<Integer> slots) {
        out.varint(slots.size());
        slots.forEach(out::varint);
    }

    private void tombstone(String id, Tombstone tombstone) {
        out.varint(tombstone.until());
        if (tombstone.instance() == null) {
            out.one(ShardSnapshot.DEREGISTERED);
            out.text(id);
        } else {
            out.one(ShardSnapshot.REMOVED);
            instance(tombstone.instance());
        }
    }

    private void instance(Instance instance) {
        out.text(instance.id);
        repeated(instance.service);
        repeated(instance.owner);
        out.varint(instance.slot);
        out.varint(instance.registeredAt);
        out.varint(instance.version);
        out.block(instance.declaration);
        var said = instance.said();
        out.varint(said.ttl());
        out.varint(said.checkedWithin());
        out.varint(said.healthPolicy().failureThreshold());
        out.varint(said.healthPolicy().successThreshold());
        out.one(SnapshotCodes.code(instance.health));
        streak(instance.streaks.checks());
        streak(instance.streaks.heartbeats());
        out.varint(instance.renewedAt);
        out.varint(instance.removeAt);
        out.one(SnapshotCodes.code(instance.declared));
        out.varint(instance.changedAt);
        out.one((instance.monitored ? ShardSnapshot.MONITORED : 0) | (instance.overdue ? ShardSnapshot.OVERDUE : 0));
        out.varint(instance.healthAt);
        out.varint(instance.passesNeeded);
        instance.turns.write(out);
        instance.results.write(out);
        out.one(SnapshotCodes.code(instance.breaker));
        out.varint(instance.retryAt);
        instance.calls.write(out);
    }

    private void streak(int streak) {
        out.varint(((long) streak << 1) ^ (streak >> 31));
    }

    private void repeated(String text) {
        Integer number = known.putIfAbsent(text, known.size());
        out.varint(number == null ? known.size() - 1 : number);
        if (number == null) {
            out.text(text);
        }
    }
}
