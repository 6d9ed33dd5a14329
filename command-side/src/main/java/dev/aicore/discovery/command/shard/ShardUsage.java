package dev.aicore.discovery.command.shard;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what the instances of a shard use of each quota. Derived from the shard's state and not part of a snapshot.
 * Changed by one thread at a time; {@link #bytes()} and {@link #bytesOf} may be called by any thread.
 */
final class ShardUsage {

    private final AtomicLong bytes = new AtomicLong();
    private final ConcurrentHashMap<String, OwnerUsage> owners = new ConcurrentHashMap<>();
    private final Map<String, Long> services = new HashMap<>();

    /**
     * Usage of one principal.
     *
     * @param instances number of present instances
     * @param bytes bytes of the present instances and of the removed ones that can be revived
     */
    private record OwnerUsage(int instances, long bytes) {

        static final OwnerUsage NONE = new OwnerUsage(0, 0);

        boolean isNothing() {
            return instances == 0 && bytes == 0;
        }
    }

    /** Adds an instance of an owner (1), or subtracts it (-1). */
    void count(String owner, int one) {
        add(owner, one, 0);
    }

    /** Adds the bytes of an instance. */
    void addInstance(Instance instance) {
        add(instance, instance.bytes());
    }

    /** Subtracts the bytes of an instance. */
    void release(Instance instance) {
        add(instance, -instance.bytes());
    }

    /** Returns the number of an owner's present instances. */
    int instancesOf(String owner) {
        return owners.getOrDefault(owner, OwnerUsage.NONE).instances();
    }

    /** Returns the bytes of all instances. */
    long bytes() {
        return bytes.get();
    }

    /** Returns the bytes of a principal's instances. */
    long bytesOf(String owner) {
        return owners.getOrDefault(owner, OwnerUsage.NONE).bytes();
    }

    /** Returns the bytes of a service's instances. */
    long bytesOfService(String service) {
        return services.getOrDefault(service, 0L);
    }

    private void add(Instance instance, long more) {
        bytes.addAndGet(more);
        services.merge(instance.service, more, (had, added) -> had + added == 0 ? null : had + added);
        add(instance.owner, 0, more);
    }

    private void add(String owner, int instances, long more) {
        owners.compute(owner, (_, known) -> {
            var had = known == null ? OwnerUsage.NONE : known;
            var has = new OwnerUsage(had.instances() + instances, had.bytes() + more);
            return has.isNothing() ? null : has;
        });
    }
}
