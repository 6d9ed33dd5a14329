package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.instance.Breaker;
import dev.aicore.discovery.api.instance.Declared;
import dev.aicore.discovery.api.instance.Health;
import dev.aicore.discovery.api.shard.Bytes;
import dev.aicore.discovery.api.shard.BytesReader;
import dev.aicore.discovery.command.health.Calls;
import dev.aicore.discovery.command.health.HealthPolicy;
import dev.aicore.discovery.command.health.Results;
import dev.aicore.discovery.command.health.Turns;
import dev.aicore.discovery.config.eventstore.wire.SnapshotCodec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A shard as bytes, and back: equal states have equal bytes. Nothing is parsed but numbers and texts, so that a million
 * instances are back within seconds.
 *
 * <p>Layout: one byte of version, name, start of the last grace, generation, observations since the checkpoint; next slot,
 * free slots, left slots; present instances in the order of their slots; tombstones, eldest first; services of which more is
 * known than their instances tell. A service or an owner is written out where it first occurs, and is a number after that.
 */
final class ShardSnapshot {

    /** The name of its kind in the store, for ever. */
    static final String NAME = "RegistryShard";

    /** Raised with every change of the layout: a snapshot of a revision that nobody reads is as good as none. */
    static final int REVISION = 3;

    /** Before it could be put into maintenance, an instance was always active; nor was kept when it last changed. */
    static final int WITHOUT_DECLARED = 1;

    /** Before the registry made checks itself, there were no results, no circuits, and nobody was held back. */
    static final int WITHOUT_CHECKS = 2;

    private static final byte LAYOUT = REVISION;
    private static final byte DEREGISTERED = 0;
    private static final byte REMOVED = 1;

    private static final int MONITORED = 1;
    private static final int OVERDUE = 2;
    private static final int LEAST_BYTES_OF_INSTANCE = 13;

    private ShardSnapshot() {}

    /** How the store writes and reads snapshots of shards. */
    static SnapshotCodec<RegistryShard> codec() {
        return new SnapshotCodec<>(RegistryShard.class, NAME, REVISION, ShardSnapshot::encode, ShardSnapshot::decode);
    }

    /** How it reads those that a revision before has left, so that the first start after it is as quick as any. */
    static SnapshotCodec<RegistryShard> codecOfThePast(int revision) {
        return new SnapshotCodec<>(
                RegistryShard.class,
                NAME,
                revision,
                shard -> {
                    throw new IllegalStateException("A snapshot of the past is read, never written.");
                },
                bytes -> new Reader(bytes, revision).shard());
    }

    /** The bytes of that shard. */
    static byte[] encode(RegistryShard shard) {
        return new Writer().shard(shard.name(), shard.state());
    }

    /**
     * A new shard, of its own, with that state.
     *
     * @throws IllegalArgumentException if the bytes aren't of this layout
     */
    static RegistryShard decode(byte[] bytes) {
        return new Reader(bytes, REVISION).shard();
    }

    private static final class Writer {

        private final Bytes out = new Bytes(1 << 16);
        private final Map<String, Integer> known = new HashMap<>();

        byte[] shard(String name, ShardState state) {
            out.one(LAYOUT);
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
                out.one(DEREGISTERED);
                out.text(id);
            } else {
                out.one(REMOVED);
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
            out.one(code(instance.health));
            out.varint(((long) instance.streak << 1) ^ (instance.streak >> 31));
            out.varint(instance.renewedAt);
            out.varint(instance.removeAt);
            out.one(code(instance.declared));
            out.varint(instance.changedAt);
            out.one((instance.monitored ? MONITORED : 0) | (instance.overdue ? OVERDUE : 0));
            out.varint(instance.healthAt);
            out.varint(instance.passesNeeded);
            instance.turns.write(out);
            instance.results.write(out);
            out.one(code(instance.breaker));
            out.varint(instance.retryAt);
            instance.calls.write(out);
        }

        private void repeated(String text) {
            Integer number = known.putIfAbsent(text, known.size());
            out.varint(number == null ? known.size() - 1 : number);
            if (number == null) {
                out.text(text);
            }
        }
    }

    private static final class Reader {

        private final BytesReader in;
        private final int revision;
        private final List<String> known = new ArrayList<>();

        Reader(byte[] bytes, int revision) {
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
            int present = in.countOf(LEAST_BYTES_OF_INSTANCE);
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
            if (revision > WITHOUT_CHECKS) {
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
                case DEREGISTERED -> null;
                case REMOVED -> instance();
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
            var instance = new Instance(id, service, owner, registeredAt, said, health(in.one()));
            instance.slot = slot;
            instance.version = version;
            long streak = in.count();
            instance.streak = (int) ((streak >>> 1) ^ -(streak & 1));
            instance.renewedAt = in.varint();
            instance.removeAt = in.varint();
            if (revision > WITHOUT_DECLARED) {
                instance.declared = declared(in.one());
                instance.changedAt = in.varint();
            }
            if (revision > WITHOUT_CHECKS) {
                readHealth(instance);
            }
            return instance;
        }

        private void readHealth(Instance instance) {
            byte flags = in.one();
            instance.monitored = (flags & MONITORED) != 0;
            instance.overdue = (flags & OVERDUE) != 0;
            instance.healthAt = in.varint();
            instance.passesNeeded = in.count();
            instance.turns = Turns.read(in);
            instance.results = Results.read(in);
            instance.breaker = breaker(in.one());
            instance.retryAt = in.varint();
            instance.calls = Calls.read(in);
        }

        private StoredDeclaration said() {
            var json = in.block();
            int ttl = in.count();
            int checkedWithin = revision > WITHOUT_CHECKS ? in.count() : 0;
            var kept = new StoredDeclaration(json, ttl, checkedWithin, new HealthPolicy(in.count(), in.count()));
            return revision > WITHOUT_CHECKS ? kept : StoredDeclaration.of(StoredDeclaration.read(json));
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

    private static byte code(Declared declared) {
        return switch (declared) {
            case ACTIVE -> 0;
            case MAINTENANCE -> 1;
            case DRAINING -> 2;
        };
    }

    private static Declared declared(byte code) {
        return switch (code) {
            case 0 -> Declared.ACTIVE;
            case 1 -> Declared.MAINTENANCE;
            case 2 -> Declared.DRAINING;
            default -> throw new IllegalArgumentException("A declared status of code " + code + ".");
        };
    }

    private static byte code(Breaker breaker) {
        return switch (breaker) {
            case CLOSED -> 0;
            case OPEN -> 1;
            case HALF_OPEN -> 2;
        };
    }

    private static Breaker breaker(byte code) {
        return switch (code) {
            case 0 -> Breaker.CLOSED;
            case 1 -> Breaker.OPEN;
            case 2 -> Breaker.HALF_OPEN;
            default -> throw new IllegalArgumentException("A circuit breaker of code " + code + ".");
        };
    }

    private static byte code(Health health) {
        return switch (health) {
            case STARTING -> 0;
            case HEALTHY -> 1;
            case UNHEALTHY -> 2;
        };
    }

    private static Health health(byte code) {
        return switch (code) {
            case 0 -> Health.STARTING;
            case 1 -> Health.HEALTHY;
            case 2 -> Health.UNHEALTHY;
            default -> throw new IllegalArgumentException("A health of code " + code + ".");
        };
    }
}
