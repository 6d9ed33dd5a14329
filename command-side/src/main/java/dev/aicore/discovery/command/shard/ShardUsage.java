package dev.aicore.discovery.command.shard;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the instances of a shard take, by what quotas bound. It follows from the shard's state and is part of no snapshot. One thread
 * changes it at a time; {@link #bytes()} and {@link #bytesOf} may be asked by all.
 */
final class ShardUsage {

    private final AtomicLong bytes = new AtomicLong();
    private final ConcurrentHashMap<String, OwnerUsage> owners = new ConcurrentHashMap<>();
    private final Map<String, Long> services = new HashMap<>();

    /**
     * What one principal has.
     *
     * @param instances that are present
     * @param bytes of those, and of the ones that were removed and may come back
     */
    private record OwnerUsage(int instances, long bytes) {

        static final OwnerUsage NOTHING = new OwnerUsage(0, 0);

        boolean isNothing() {
            return instances == 0 && bytes == 0;
        }
    }

    /** Counts instances that become present (1) or cease to be (-1). */
    void count(String owner, int one) {
        add(owner, one, 0);
    }

    /** Counts the bytes of an instance from here on. */
    void hold(Instance instance) {
        add(instance, instance.bytes());
    }

    /** Counts them no more. */
    void release(Instance instance) {
        add(instance, -instance.bytes());
    }

    /** Returns how many present instances belong to that principal. */
    int instancesOf(String owner) {
        return owners.getOrDefault(owner, OwnerUsage.NOTHING).instances();
    }

    /** Returns the bytes of all instances. */
    long bytes() {
        return bytes.get();
    }

    /** Returns the bytes of a principal's instances. */
    long bytesOf(String owner) {
        return owners.getOrDefault(owner, OwnerUsage.NOTHING).bytes();
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
            var had = known == null ? OwnerUsage.NOTHING : known;
            var has = new OwnerUsage(had.instances() + instances, had.bytes() + more);
            return has.isNothing() ? null : has;
        });
    }
}
