package dev.aicore.discovery.bridge.consul;

import dev.aicore.discovery.bridge.consul.ConsulClient.ConsulAnswer;
import dev.aicore.discovery.bridge.sync.ForeignRegistryException;
import org.jspecify.annotations.Nullable;

/**
 * Blocking query of one path. After each answer, the next query waits for a later index. An index that goes backwards,
 * as after a restore of Consul, is reset, so that the next query returns at once.
 */
final class ConsulWatch {

    private final ConsulClient client;
    private final String path;
    private final Runnable listener;
    private ConsulAnswer latest;
    private boolean fresh = true;
    private volatile @Nullable ForeignRegistryException failure;

    private ConsulWatch(ConsulClient client, String path, ConsulAnswer first, Runnable listener) {
        this.client = client;
        this.path = path;
        this.latest = first;
        this.listener = listener;
    }

    /**
     * Makes a first query, whose answer is fresh.
     *
     * @param listener called after each answer with another index, and after a failure; must not block
     */
    static ConsulWatch start(ConsulClient client, String path, Runnable listener)
            throws ForeignRegistryException, InterruptedException {
        return new ConsulWatch(client, path, client.get(path), listener);
    }

    /** Queries until a failure or an interrupt. */
    void run() {
        try {
            long index = answer().index();
            while (true) {
                var next = client.await(path, index);
                if (next.index() != index) {
                    accept(next);
                }
                index = next.index() < index ? 0 : next.index();
            }
        } catch (ForeignRegistryException e) {
            end(e);
        } catch (RuntimeException defect) {
            end(new ForeignRegistryException("A query of Consul failed: " + defect, defect));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(ForeignRegistryException reason) {
        failure = reason;
        listener.run();
    }

    private void accept(ConsulAnswer next) {
        synchronized (this) {
            latest = next;
            fresh = true;
        }
        listener.run();
    }

    /** Returns the latest answer. */
    synchronized ConsulAnswer answer() {
        return latest;
    }

    /**
     * Returns true if there is an answer since the last call.
     *
     * @throws ForeignRegistryException if the queries have ended
     */
    synchronized boolean isFresh() throws ForeignRegistryException {
        var ended = failure;
        if (ended != null) {
            throw ended;
        }
        boolean was = fresh;
        fresh = false;
        return was;
    }
}
