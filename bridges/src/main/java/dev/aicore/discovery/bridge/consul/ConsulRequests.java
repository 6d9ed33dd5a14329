package dev.aicore.discovery.bridge.consul;

import dev.aicore.discovery.bridge.sync.ForeignRegistryException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs requests at the same time, but few enough for Consul's limit of connections per client, 200 by default. */
final class ConsulRequests implements AutoCloseable {

    private static final int MAX_CONCURRENT = 32;

    private final ExecutorService executor = Executors.newFixedThreadPool(
            MAX_CONCURRENT, Thread.ofVirtual().name("bridge-consul").factory());

    /**
     * Runs all requests and returns their results in their order.
     *
     * @throws ForeignRegistryException if one of them fails
     */
    <T> List<T> run(List<Callable<T>> requests) throws ForeignRegistryException, InterruptedException {
        var results = new ArrayList<T>();
        ExecutionException failure = null;
        for (var request : executor.invokeAll(requests)) {
            try {
                results.add(request.get());
            } catch (ExecutionException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            var cause = failure.getCause() == null ? failure : failure.getCause();
            throw new ForeignRegistryException(String.valueOf(cause.getMessage()), failure);
        }
        return results;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
