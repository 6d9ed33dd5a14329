package dev.aicore.discovery.bridge.sync;

import dev.aicore.discovery.bridge.model.BridgedInstance;
import dev.aicore.discovery.config.time.TimeSource;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Last known content of the other registry, and whether it is known to be current. Thread-safe. */
public final class ForeignCatalog {

    private final int maxInstances;
    private final TimeSource time;
    private final Runnable listener;
    private Map<String, ForeignInstance> instances = new HashMap<>();
    private Set<String> invalid = new HashSet<>();
    private @Nullable String version;
    private @Nullable Instant staleSince;
    private @Nullable String failure;
    private @Nullable Long changedAt;

    /**
     * Instance of the other registry.
     *
     * @param version version of the other registry at which the instance was last changed, such as {@code revision 17}
     */
    public record ForeignInstance(BridgedInstance instance, String version) {}

    /**
     * Content at one moment.
     *
     * @param instances instances by {@link BridgedInstance#key()}
     * @param version version of the other registry; null before the first contact
     * @param staleSince the time since which the registry can't be read; null while it is read
     * @param failure the reason why it can't be read; null while it is read, and before the first attempt
     * @param invalid number of entries that are no instances
     * @param changedAt time of the first change since the last snapshot, on the monotonic clock; null without one
     */
    record ForeignSnapshot(
            Map<String, ForeignInstance> instances,
            @Nullable String version,
            @Nullable Instant staleSince,
            @Nullable String failure,
            int invalid,
            @Nullable Long changedAt) {

        boolean isCurrent() {
            return staleSince == null;
        }
    }

    /**
     * Creates an empty catalog of a registry that isn't read yet.
     *
     * @param listener called after each change
     */
    public ForeignCatalog(int maxInstances, TimeSource time, Runnable listener) {
        this.maxInstances = maxInstances;
        this.time = time;
        this.listener = listener;
        this.staleSince = time.now();
    }

    /**
     * Replaces the whole content, after a read of the registry. From then on, the catalog is current.
     *
     * @param invalidKeys keys of entries that are no instances
     * @throws ForeignRegistryException if there are too many instances
     */
    public void replaceAll(Map<String, ForeignInstance> read, Set<String> invalidKeys, String newVersion)
            throws ForeignRegistryException {
        requireSpace(read.size() + invalidKeys.size());
        synchronized (this) {
            instances = new HashMap<>(read);
            invalid = new HashSet<>(invalidKeys);
            staleSince = null;
            failure = null;
            changed(newVersion);
        }
        listener.run();
    }

    /**
     * Adds or changes an instance.
     *
     * @throws ForeignRegistryException if there are too many instances
     */
    public void put(String key, ForeignInstance instance) throws ForeignRegistryException {
        synchronized (this) {
            instances.put(key, instance);
            invalid.remove(key);
            requireSpace(instances.size() + invalid.size());
            changed(instance.version());
        }
        listener.run();
    }

    /** Removes an entry, if there is one. */
    public void remove(String key, String newVersion) {
        synchronized (this) {
            instances.remove(key);
            invalid.remove(key);
            changed(newVersion);
        }
        listener.run();
    }

    /**
     * Replaces an entry by one that is no instance, such as one without an address.
     *
     * @throws ForeignRegistryException if there are too many entries
     */
    public void putInvalid(String key, String newVersion) throws ForeignRegistryException {
        synchronized (this) {
            instances.remove(key);
            invalid.add(key);
            requireSpace(instances.size() + invalid.size());
            changed(newVersion);
        }
        listener.run();
    }

    private void requireSpace(int size) throws ForeignRegistryException {
        if (size > maxInstances) {
            throw new ForeignRegistryException(
                    "The other registry has more than the " + maxInstances + " instances of bridges.max_instances.");
        }
    }

    private void changed(String newVersion) {
        version = newVersion;
        if (changedAt == null) {
            changedAt = time.nanos();
        }
    }

    /** Marks the content as stale. It stays until the next read. */
    void lose(String reason) {
        synchronized (this) {
            failure = reason;
            if (staleSince == null) {
                staleSince = time.now();
            }
        }
        listener.run();
    }

    /** Returns the present content, and begins a new measurement of the lag. */
    synchronized ForeignSnapshot take() {
        var first = changedAt;
        changedAt = null;
        return new ForeignSnapshot(Map.copyOf(instances), version, staleSince, failure, invalid.size(), first);
    }

    /** Returns the present content. */
    synchronized ForeignSnapshot look() {
        return new ForeignSnapshot(Map.copyOf(instances), version, staleSince, failure, invalid.size(), changedAt);
    }
}
