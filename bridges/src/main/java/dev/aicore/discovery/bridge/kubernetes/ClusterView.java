package dev.aicore.discovery.bridge.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Services and EndpointSlices as informers and the bridge's own writes have last shown them, whichever was later. Also
 * collects which Services have changed. Thread-safe.
 */
final class ClusterView {

    private final Map<String, Service> services = new HashMap<>();
    private final Set<String> selected = new LinkedHashSet<>();
    private final Map<String, Map<String, EndpointSlice>> slices = new HashMap<>();
    private final Map<String, String> serviceOfSlice = new HashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();
    private final Semaphore signal = new Semaphore(0);
    private String version = "0";

    /**
     * A Service with its slices.
     *
     * @param service the Service; null if there are only slices
     * @param selected true if the label selector of the bridge matches the Service
     * @param slices slices of the Service, by name
     */
    record ServiceView(@Nullable Service service, boolean selected, List<EndpointSlice> slices) {}

    /** Returns the key of an object: namespace, slash and name. */
    static String key(HasMetadata object) {
        return key(object.getMetadata().getNamespace(), object.getMetadata().getName());
    }

    static String key(String namespace, String name) {
        return namespace + '/' + name;
    }

    synchronized void putService(Service service) {
        if (isCurrent(services.get(key(service)), service)) {
            services.put(key(service), service);
            changed(key(service), service);
        }
    }

    synchronized void removeService(Service service) {
        if (isSame(services.get(key(service)), service)) {
            services.remove(key(service));
            changed(key(service), service);
        }
    }

    /** Records that the label selector of the bridge matches a Service. */
    synchronized void select(Service service) {
        selected.add(key(service));
        changed(key(service), service);
    }

    synchronized void deselect(Service service) {
        selected.remove(key(service));
        changed(key(service), service);
    }

    synchronized void putSlice(EndpointSlice slice) {
        var service = serviceKey(slice);
        var before = serviceOfSlice.get(key(slice));
        if (before != null && !before.equals(service)) {
            forget(slice, before);
        }
        var known = slices.getOrDefault(service, Map.of()).get(key(slice));
        if (isCurrent(known, slice)) {
            slices.computeIfAbsent(service, _ -> new TreeMap<>()).put(key(slice), slice);
            serviceOfSlice.put(key(slice), service);
            changed(service, slice);
        }
    }

    synchronized void removeSlice(EndpointSlice slice) {
        var service = serviceKey(slice);
        if (isSame(slices.getOrDefault(service, Map.of()).get(key(slice)), slice)) {
            forget(slice, service);
        }
    }

    private void forget(EndpointSlice slice, String service) {
        var left = slices.getOrDefault(service, new TreeMap<>());
        left.remove(key(slice));
        if (left.isEmpty()) {
            slices.remove(service);
        }
        serviceOfSlice.remove(key(slice));
        changed(service, slice);
    }

    private static String serviceKey(EndpointSlice slice) {
        var labels = slice.getMetadata().getLabels();
        var service = labels == null ? "" : labels.getOrDefault(ResourceNames.SERVICE_OF_SLICE, "");
        return key(slice.getMetadata().getNamespace(), service);
    }

    private void changed(String service, HasMetadata object) {
        changed.add(service);
        var newVersion = object.getMetadata().getResourceVersion();
        if (newVersion != null && compareVersions(newVersion, version) > 0) {
            version = newVersion;
        }
        signal.release();
    }

    /** Returns false if the candidate is an older version of the known object. */
    private static boolean isCurrent(@Nullable HasMetadata known, HasMetadata candidate) {
        return known == null
                || !isSame(known, candidate)
                || compareVersions(
                                candidate.getMetadata().getResourceVersion(),
                                known.getMetadata().getResourceVersion())
                        >= 0;
    }

    private static boolean isSame(@Nullable HasMetadata known, HasMetadata object) {
        return known != null
                && Objects.equals(
                        known.getMetadata().getUid(), object.getMetadata().getUid());
    }

    /** Compares two versions; those of Kubernetes are decimal numbers. */
    private static int compareVersions(@Nullable String left, @Nullable String right) {
        if (left == null || right == null) {
            return 0;
        }
        return left.length() == right.length() ? left.compareTo(right) : Integer.compare(left.length(), right.length());
    }

    /** Returns the latest version that was seen, for the history. */
    synchronized String version() {
        return "Kubernetes resource version " + version;
    }

    /** Returns a Service with its slices. */
    synchronized ServiceView service(String key) {
        return new ServiceView(
                services.get(key),
                selected.contains(key),
                List.copyOf(slices.getOrDefault(key, Map.of()).values()));
    }

    synchronized @Nullable Service find(String key) {
        return services.get(key);
    }

    /** Returns the keys of all Services, and of those that only slices name. */
    synchronized Set<String> keys() {
        var keys = new LinkedHashSet<>(services.keySet());
        keys.addAll(slices.keySet());
        changed.clear();
        return keys;
    }

    /** Returns the keys of the Services that have changed since the last call; waits for a change, up to a duration. */
    List<String> takeChanged(Duration patience) throws InterruptedException {
        if (signal.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            signal.drainPermits();
        }
        synchronized (this) {
            var taken = new ArrayList<>(changed);
            changed.clear();
            return taken;
        }
    }
}
