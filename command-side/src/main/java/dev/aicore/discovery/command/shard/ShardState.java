package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.command.shard.TombstoneIndex.Tombstone;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** State of a shard as its events define it; see {@link ShardEvolver}. Decides nothing and reads no clock. */
final class ShardState {

    /** Time for which a heartbeat of a deregistered instance is refused as deregistered instead of as unknown. */
    static final long DEREGISTERED_RETENTION_MILLIS = 3_600_000;

    final Map<String, Instance> instances = new HashMap<>();

    /** Usage for the quotas. */
    final ShardUsage usage = new ShardUsage();

    final TombstoneIndex tombstones = new TombstoneIndex(usage);
    final Slots slots = new Slots();
    private final Map<String, Service> services = new HashMap<>();

    long extensionFrom;
    int generation;
    long observationsSinceCheckpoint;

    /** Number of the last run of pending observations. Not part of the state. */
    long runs;

    @Nullable
    Instance find(String id) {
        return instances.get(id);
    }

    void addInstance(Instance instance, int slot) {
        slots.occupy(slot, instance);
        instances.put(instance.id, instance);
        serviceOrNew(instance.service).count(instance, 1);
        usage.count(instance.owner, 1);
        usage.addInstance(instance);
    }

    /** Returns the state of a service; an empty state if the service is unknown. */
    Service service(String name) {
        return services.getOrDefault(name, new Service());
    }

    /** Returns the state of a service, and creates it if the service is unknown. */
    Service serviceOrNew(String name) {
        return services.computeIfAbsent(name, first -> new Service());
    }

    Map<String, Service> services() {
        return services;
    }

    Instance removeInstance(String id) {
        var instance = get(id);
        instances.remove(id);
        slots.vacate(instance.slot);
        service(instance.service).count(instance, -1);
        usage.count(instance.owner, -1);
        usage.release(instance);
        removeIfEmpty(instance.service);
        return instance;
    }

    /** Forgets a service without instances, unless it preserves itself. */
    void removeIfEmpty(String name) {
        var service = service(name);
        if (service.instances == 0 && !service.selfPreserving) {
            services.remove(name);
        }
    }

    /** Returns an instance that was removed by expiry and can be revived; null if there is none. */
    @Nullable
    Instance revivable(String id, long now) {
        var tombstone = findTombstone(id, now);
        return tombstone == null ? null : tombstone.instance();
    }

    /** Returns true if the instance was deregistered, within the time that deregistrations are remembered. */
    boolean wasDeregistered(String id, long now) {
        var tombstone = findTombstone(id, now);
        return tombstone != null && tombstone.instance() == null;
    }

    private @Nullable Tombstone findTombstone(String id, long now) {
        var tombstone = tombstones.get(id);
        return tombstone == null || tombstone.until() <= now ? null : tombstone;
    }

    /**
     * Returns a present instance.
     *
     * @throws IllegalStateException if the instance is not present
     */
    Instance get(String id) {
        var instance = instances.get(id);
        if (instance == null) {
            throw new IllegalStateException("The shard has no instance " + id + ", which the event names.");
        }
        return instance;
    }
}
