package dev.aicore.discovery.client;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Listeners of a service. Each is called in order, on the client's thread of listeners. A listener that is more than
 * 1,000 changes behind gets one snapshot instead of them.
 */
final class ChangeListeners {

    private static final System.Logger LOG = System.getLogger(RegistryClient.class.getName());
    private static final int MAX_PENDING = 1_000;

    private final Executor executor;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    ChangeListeners(Executor executor) {
        this.executor = executor;
    }

    private final class Listener {

        private final Consumer<ServiceChange> consumer;
        private final Queue<ServiceChange> pending = new ArrayDeque<>();
        private boolean isScheduled;

        Listener(Consumer<ServiceChange> consumer) {
            this.consumer = consumer;
        }

        synchronized void offer(ServiceChange change) {
            if (pending.size() >= MAX_PENDING) {
                pending.clear();
                pending.add(snapshot(change.service(), change.position()));
            } else {
                pending.add(change);
            }
            if (!isScheduled) {
                isScheduled = true;
                executor.execute(this::run);
            }
        }

        private void run() {
            for (var change = poll(); change != null; change = poll()) {
                try {
                    consumer.accept(change);
                } catch (RuntimeException e) {
                    LOG.log(Level.WARNING, "A listener of " + change.service() + " failed.", e);
                }
            }
        }

        private synchronized @Nullable ServiceChange poll() {
            var change = listeners.contains(this) ? pending.poll() : null;
            isScheduled = change != null;
            return change;
        }
    }

    static ServiceChange snapshot(String service, long position) {
        return new ServiceChange(ServiceChange.Type.SNAPSHOT, service, position, null, null, null, null);
    }

    Service.Subscription add(Consumer<ServiceChange> consumer, @Nullable ServiceChange first) {
        var listener = new Listener(consumer);
        listeners.add(listener);
        if (first != null) {
            listener.offer(first);
        }
        return () -> listeners.remove(listener);
    }

    boolean isEmpty() {
        return listeners.isEmpty();
    }

    void publish(ServiceChange change) {
        listeners.forEach(listener -> listener.offer(change));
    }
}
