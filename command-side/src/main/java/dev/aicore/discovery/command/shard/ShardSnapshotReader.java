package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.shard.ByteReader;
import dev.aicore.discovery.command.shard.TombstoneIndex.Tombstone;
import dev.aicore.discovery.command.shard.policy.CallWindow;
import dev.aicore.discovery.command.shard.policy.HealthPolicy;
import dev.aicore.discovery.command.shard.policy.HealthTransitions;
import dev.aicore.discovery.command.shard.policy.RecentCheckResults;
import dev.aicore.discovery.command.shard.policy.Streaks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the bytes of a {@link ShardSnapshotCodec}, of the present or an earlier revision. */
final class ShardSnapshotReader {

    private final ByteReader in;
    private final int revision;
    private final List<String> internedTexts = new ArrayList<>();

    ShardSnapshotReader(byte[] bytes, int revision) {
        this.in = new ByteReader(bytes);
        this.revision = revision;
    }

    RegistryShard shard() {
        in.expectLayout((byte) revision);
        var name = in.readString();
        var state = new ShardState();
        state.extensionFrom = in.readVarint();
        state.generation = in.count();
        state.observationsSinceCheckpoint = in.readDuration();
        int next = in.count();
        var free = slots();
        var left = slots();
        int instanceCount = in.countOf(ShardSnapshotCodes.MIN_BYTES_OF_INSTANCE);
        for (int i = 0; i < instanceCount; i++) {
            var instance = instance();
            if (instance.slot >= next) {
                throw new IllegalArgumentException(
                        "Slot " + instance.slot + " is not below the next slot, " + next + ".");
            }
            state.addInstance(instance, instance.slot);
        }
        state.slots.restore(next, free, left);
        int tombstoneCount = in.countOf(2);
        for (int i = 0; i < tombstoneCount; i++) {
            tombstone(state);
        }
        if (revision > ShardSnapshotCodes.WITHOUT_CHECKS) {
            services(state);
        }
        in.expectEnd();
        return new RegistryShard(name, state);
    }

    private void services(ShardState state) {
        int count = in.countOf(3);
        for (int i = 0; i < count; i++) {
            var service = state.serviceOrNew(readInterned());
            service.windowStart = in.readVarint();
            service.windowExpired = in.count();
            service.selfPreserving = in.readByte() != 0;
        }
    }

    private List<Integer> slots() {
        int count = in.countOf(1);
        var slots = new ArrayList<Integer>(count);
        for (int i = 0; i < count; i++) {
            slots.add(in.count());
        }
        return slots;
    }

    private void tombstone(ShardState state) {
        long until = in.readVarint();
        byte kind = in.readByte();
        @Nullable
        Instance instance = switch (kind) {
            case ShardSnapshotCodes.DEREGISTERED -> null;
            case ShardSnapshotCodes.REMOVED -> instance();
            default -> throw new IllegalArgumentException("Unknown kind of tombstone: " + kind);
        };
        state.tombstones.put(instance == null ? in.readString() : instance.id, new Tombstone(instance, until));
    }

    private Instance instance() {
        var id = in.readString();
        var service = readInterned();
        var owner = readInterned();
        int slot = in.count();
        long registeredAt = in.readVarint();
        int version = in.count();
        var declaration = readDeclaration();
        var instance =
                new Instance(id, service, owner, registeredAt, declaration, ShardSnapshotCodes.health(in.readByte()));
        instance.slot = slot;
        instance.version = version;
        instance.streaks = streaks(instance);
        instance.renewedAt = in.readVarint();
        instance.removeAt = in.readVarint();
        if (revision > ShardSnapshotCodes.WITHOUT_ADMIN_STATE) {
            instance.adminState = ShardSnapshotCodes.adminState(in.readByte());
            instance.changedAt = in.readVarint();
        }
        if (revision > ShardSnapshotCodes.WITHOUT_CHECKS) {
            readHealth(instance);
        }
        return instance;
    }

    private void readHealth(Instance instance) {
        byte flags = in.readByte();
        instance.monitored = (flags & ShardSnapshotCodes.MONITORED) != 0;
        instance.overdue = (flags & ShardSnapshotCodes.OVERDUE) != 0;
        instance.healthAt = in.readVarint();
        instance.passesNeeded = in.count();
        instance.healthTransitions = HealthTransitions.read(in);
        instance.recentCheckResults = RecentCheckResults.read(in);
        instance.breakerState = ShardSnapshotCodes.breaker(in.readByte());
        instance.retryAt = in.readVarint();
        instance.callWindow = CallWindow.read(in);
    }

    /**
     * Reads the streaks. A single streak of an earlier revision belongs to the checks if there are active checks, else
     * to the heartbeats.
     */
    private Streaks streaks(Instance instance) {
        int first = streak();
        if (revision > ShardSnapshotCodes.WITH_ONE_STREAK) {
            return new Streaks(first, streak());
        }
        return instance.isCheckedActively() ? new Streaks(first, 0) : new Streaks(0, first);
    }

    private int streak() {
        long streak = in.count();
        return (int) ((streak >>> 1) ^ -(streak & 1));
    }

    private StoredDeclaration readDeclaration() {
        var json = in.readBlock();
        int ttl = in.count();
        int checkedWithin = revision > ShardSnapshotCodes.WITHOUT_CHECKS ? in.count() : 0;
        var policy = new HealthPolicy(in.count(), in.count());
        int deregisterAfter = revision > ShardSnapshotCodes.WITHOUT_DEREGISTER_AFTER
                ? in.count() - 1
                : StoredDeclaration.DEFAULT_DEREGISTER_AFTER;
        var declaration = new StoredDeclaration(json, ttl, checkedWithin, policy, deregisterAfter);
        return revision > ShardSnapshotCodes.WITHOUT_CHECKS
                ? declaration
                : StoredDeclaration.of(StoredDeclaration.read(json));
    }

    private String readInterned() {
        int number = in.count();
        if (number > internedTexts.size()) {
            throw new IllegalArgumentException("Text " + number + " of " + internedTexts.size() + " known texts.");
        }
        if (number == internedTexts.size()) {
            internedTexts.add(in.readString().intern());
        }
        return internedTexts.get(number);
    }
}
