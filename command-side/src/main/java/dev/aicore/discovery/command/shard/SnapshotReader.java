package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.shard.BytesReader;
import dev.aicore.discovery.command.health.Calls;
import dev.aicore.discovery.command.health.HealthPolicy;
import dev.aicore.discovery.command.health.Results;
import dev.aicore.discovery.command.health.Streaks;
import dev.aicore.discovery.command.health.Turns;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a {@link ShardSnapshot}, of the present revision or one before. */
final class SnapshotReader {

    private final BytesReader in;
    private final int revision;
    private final List<String> known = new ArrayList<>();

    SnapshotReader(byte[] bytes, int revision) {
        this.in = new BytesReader(bytes);
        this.revision = revision;
    }

    RegistryShard shard() {
        in.expectLayout((byte) revision);
        var name = in.text();
        var state = new ShardState();
        state.graceFrom = in.varint();
        state.generation = in.count();
        state.observationsSinceCheckpoint = in.duration();
        int next = in.count();
        var free = slots();
        var left = slots();
        int present = in.countOf(ShardSnapshot.LEAST_BYTES_OF_INSTANCE);
        for (int i = 0; i < present; i++) {
            var instance = instance();
            if (instance.slot >= next) {
                throw new IllegalArgumentException("Slot " + instance.slot + " where " + next + " is the next.");
            }
            state.arrive(instance, instance.slot);
        }
        state.slots.restore(next, free, left);
        int gone = in.countOf(2);
        for (int i = 0; i < gone; i++) {
            tombstone(state);
        }
        if (revision > ShardSnapshot.WITHOUT_CHECKS) {
            services(state);
        }
        in.expectEnd();
        return new RegistryShard(name, state);
    }

    private void services(ShardState state) {
        int count = in.countOf(3);
        for (int i = 0; i < count; i++) {
            var service = state.serviceToBe(repeated());
            service.windowFrom = in.varint();
            service.windowExpired = in.count();
            service.preserving = in.one() != 0;
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
        long until = in.varint();
        byte kind = in.one();
        @Nullable
        Instance instance = switch (kind) {
            case ShardSnapshot.DEREGISTERED -> null;
            case ShardSnapshot.REMOVED -> instance();
            default -> throw new IllegalArgumentException("A tombstone of kind " + kind + ".");
        };
        state.gone.put(instance == null ? in.text() : instance.id, new Tombstone(instance, until));
    }

    private Instance instance() {
        var id = in.text();
        var service = repeated();
        var owner = repeated();
        int slot = in.count();
        long registeredAt = in.varint();
        int version = in.count();
        var said = said();
        var instance = new Instance(id, service, owner, registeredAt, said, SnapshotCodes.health(in.one()));
        instance.slot = slot;
        instance.version = version;
        instance.streaks = streaks(instance);
        instance.renewedAt = in.varint();
        instance.removeAt = in.varint();
        if (revision > ShardSnapshot.WITHOUT_DECLARED) {
            instance.declared = SnapshotCodes.declared(in.one());
            instance.changedAt = in.varint();
        }
        if (revision > ShardSnapshot.WITHOUT_CHECKS) {
            readHealth(instance);
        }
        return instance;
    }

    private void readHealth(Instance instance) {
        byte flags = in.one();
        instance.monitored = (flags & ShardSnapshot.MONITORED) != 0;
        instance.overdue = (flags & ShardSnapshot.OVERDUE) != 0;
        instance.healthAt = in.varint();
        instance.passesNeeded = in.count();
        instance.turns = Turns.read(in);
        instance.results = Results.read(in);
        instance.breaker = SnapshotCodes.breaker(in.one());
        instance.retryAt = in.varint();
        instance.calls = Calls.read(in);
    }

    /** What was counted as one is taken for that of the checks, where there are any. */
    private Streaks streaks(Instance instance) {
        int first = streak();
        if (revision > ShardSnapshot.WITH_ONE_STREAK) {
            return new Streaks(first, streak());
        }
        return instance.isCheckedActively() ? new Streaks(first, 0) : new Streaks(0, first);
    }

    private int streak() {
        long streak = in.count();
        return (int) ((streak >>> 1) ^ -(streak & 1));
    }

    private StoredDeclaration said() {
        var json = in.block();
        int ttl = in.count();
        int checkedWithin = revision > ShardSnapshot.WITHOUT_CHECKS ? in.count() : 0;
        var kept = new StoredDeclaration(json, ttl, checkedWithin, new HealthPolicy(in.count(), in.count()));
        return revision > ShardSnapshot.WITHOUT_CHECKS ? kept : StoredDeclaration.of(StoredDeclaration.read(json));
    }

    private String repeated() {
        int number = in.count();
        if (number > known.size()) {
            throw new IllegalArgumentException("Text " + number + " where " + known.size() + " are known.");
        }
        if (number == known.size()) {
            known.add(in.text().intern());
        }
        return known.get(number);
    }
}
