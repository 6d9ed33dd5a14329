package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.shard.ByteWriter;
import dev.aicore.discovery.command.shard.TombstoneIndex.Tombstone;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Writes the bytes of a {@link ShardSnapshotCodec}. */
final class ShardSnapshotWriter {

    private final ByteWriter out = new ByteWriter(1 << 16);
    private final Map<String, Integer> internedTexts = new HashMap<>();

    byte[] shard(String name, ShardState state) {
        out.writeByte((byte) ShardSnapshotCodes.REVISION);
        out.writeString(name);
        out.writeVarint(state.extensionFrom);
        out.writeVarint(state.generation);
        out.writeVarint(state.observationsSinceCheckpoint);
        out.writeVarint(state.slots.next());
        slots(state.slots.free());
        slots(state.slots.vacated());
        out.writeVarint(state.instances.size());
        state.slots.occupants().forEach(this::instance);
        out.writeVarint(state.tombstones.size());
        state.tombstones.forEach(this::tombstone);
        services(state.services());
        return out.toArray();
    }

    private void services(Map<String, Service> services) {
        var sorted = new TreeMap<>(services);
        sorted.values().removeIf(Service::isPlain);
        out.writeVarint(sorted.size());
        sorted.forEach((name, service) -> {
            writeInterned(name);
            out.writeVarint(service.windowStart);
            out.writeVarint(service.windowExpired);
            out.writeByte(service.selfPreserving ? 1 : 0);
        });
    }

    private void slots(Collection<Integer> slots) {
        out.writeVarint(slots.size());
        slots.forEach(out::writeVarint);
    }

    private void tombstone(String id, Tombstone tombstone) {
        out.writeVarint(tombstone.until());
        if (tombstone.instance() == null) {
            out.writeByte(ShardSnapshotCodes.DEREGISTERED);
            out.writeString(id);
        } else {
            out.writeByte(ShardSnapshotCodes.REMOVED);
            instance(tombstone.instance());
        }
    }

    private void instance(Instance instance) {
        out.writeString(instance.id);
        writeInterned(instance.service);
        writeInterned(instance.owner);
        out.writeVarint(instance.slot);
        out.writeVarint(instance.registeredAt);
        out.writeVarint(instance.version);
        out.writeBlock(instance.declaration);
        var declaration = instance.storedDeclaration();
        out.writeVarint(declaration.ttl());
        out.writeVarint(declaration.checkedWithin());
        out.writeVarint(declaration.healthPolicy().failureThreshold());
        out.writeVarint(declaration.healthPolicy().successThreshold());
        // Shifted by one, because a variable-length number isn't negative.
        out.writeVarint(declaration.deregisterAfter() + 1);
        out.writeByte(ShardSnapshotCodes.code(instance.healthState));
        streak(instance.streaks.checks());
        streak(instance.streaks.heartbeats());
        out.writeVarint(instance.renewedAt);
        out.writeVarint(instance.removeAt);
        out.writeByte(ShardSnapshotCodes.code(instance.adminState));
        out.writeVarint(instance.changedAt);
        out.writeByte((instance.monitored ? ShardSnapshotCodes.MONITORED : 0)
                | (instance.overdue ? ShardSnapshotCodes.OVERDUE : 0));
        out.writeVarint(instance.healthAt);
        out.writeVarint(instance.passesNeeded);
        instance.healthTransitions.write(out);
        instance.recentCheckResults.write(out);
        out.writeByte(ShardSnapshotCodes.code(instance.breakerState));
        out.writeVarint(instance.retryAt);
        instance.callWindow.write(out);
    }

    private void streak(int streak) {
        out.writeVarint(((long) streak << 1) ^ (streak >> 31));
    }

    private void writeInterned(String text) {
        Integer index = internedTexts.putIfAbsent(text, internedTexts.size());
        out.writeVarint(index == null ? internedTexts.size() - 1 : index);
        if (index == null) {
            out.writeString(text);
        }
    }
}
