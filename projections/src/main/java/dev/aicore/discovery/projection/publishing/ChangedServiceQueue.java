package dev.aicore.discovery.projection.publishing;

import dev.aicore.discovery.api.instance.InstanceFact;
import dev.aicore.discovery.projection.processing.CommitListener;
import dev.aicore.discovery.projection.processing.RecordedFact;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Services that have changed and weren't told of yet: each once, however many facts there are, with the position of the last one.
 * Bounded: of those that find no room only this much is kept, that there were some.
 */
public final class ChangedServiceQueue implements CommitListener {

    /** Some megabytes, and more services than change within the time that a Redis takes to come back. */
    public static final int MAX_SERVICES = 10_000;

    private final int maxServices;
    private final Map<String, Long> positions = new LinkedHashMap<>();
    private boolean overflown;

    /** @param most services that are kept */
    public ChangedServiceQueue(int most) {
        this.maxServices = most;
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

    /** Takes out at most {@code count}, the oldest first; waits for the first one. */
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

    /** Puts back what couldn't be told. */
    void putBack(Map<String, Long> services) {
        synchronized (positions) {
            services.forEach(this::add);
        }
    }

    /** Whether some found no room since this was asked the last time. */
    boolean haveOverflown() {
        synchronized (positions) {
            boolean answer = overflown;
            overflown = false;
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
            overflown = true;
        }
    }
}
