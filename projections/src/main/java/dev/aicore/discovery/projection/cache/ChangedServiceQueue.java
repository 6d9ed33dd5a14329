package dev.aicore.discovery.projection.cache;

import dev.aicore.discovery.api.InstanceFact;
import dev.aicore.discovery.projection.processing.CommitListener;
import dev.aicore.discovery.projection.processing.RecordedFact;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Queues changed services until they are published: each service once, with the position of its last fact. Bounded:
 * services beyond the capacity are dropped, and only the overflow is recorded. Thread-safe.
 */
public final class ChangedServiceQueue implements CommitListener {

    /** Maximum number of queued services: some megabytes, and more services than change while a Redis restarts. */
    public static final int MAX_SERVICES = 10_000;

    private final int maxServices;
    private final Map<String, Long> positions = new LinkedHashMap<>();
    private boolean overflowed;

    /** @param maxServices maximum number of queued services */
    public ChangedServiceQueue(int maxServices) {
        this.maxServices = maxServices;
    }

    @Override
    public void committed(List<RecordedFact> facts) {
        synchronized (positions) {
            for (var recordedFact : facts) {
                if (recordedFact.fact() instanceof InstanceFact fact) {
                    add(fact.service(), recordedFact.position());
                }
            }
            positions.notifyAll();
        }
    }

    /** Removes and returns at most {@code count} services, the oldest first. Blocks until there is one. */
    Map<String, Long> take(int count) throws InterruptedException {
        synchronized (positions) {
            while (positions.isEmpty()) {
                positions.wait();
            }
            var taken = new LinkedHashMap<String, Long>();
            var all = positions.entrySet().iterator();
            while (all.hasNext() && taken.size() < count) {
                var next = all.next();
                taken.put(next.getKey(), next.getValue());
                all.remove();
            }
            return taken;
        }
    }

    /** Adds services again whose publication failed. */
    void requeue(Map<String, Long> services) {
        synchronized (positions) {
            services.forEach(this::add);
        }
    }

    /** Returns true if services were dropped since the last call. */
    boolean pollOverflow() {
        synchronized (positions) {
            boolean answer = overflowed;
            overflowed = false;
            return answer;
        }
    }

    int size() {
        synchronized (positions) {
            return positions.size();
        }
    }

    private boolean hasCapacity() {
        return positions.size() < maxServices;
    }

    private void add(String service, long position) {
        if (hasCapacity() || positions.containsKey(service)) {
            positions.merge(service, position, Math::max);
        } else {
            overflowed = true;
        }
    }
}
