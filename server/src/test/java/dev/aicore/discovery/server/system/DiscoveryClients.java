package dev.aicore.discovery.server.system;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that discover one service after the other, each with one instance, at a constant rate whatever happens to the
 * registry.
 */
final class DiscoveryClients implements AutoCloseable {

    private static final int CLIENTS = 20;
    private static final int ENOUGH_TO_SEE = 10;

    private final RunningRegistry registry;
    private final int services;
    private final ScheduledExecutorService clients = Executors.newScheduledThreadPool(CLIENTS);
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger right = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger stale = new AtomicInteger();
    private final AtomicLong oldestMillis = new AtomicLong();
    private final AtomicInteger empty = new AtomicInteger();
    private final AtomicInteger wrong = new AtomicInteger();
    private final Queue<String> examples = new ConcurrentLinkedQueue<>();

    /**
     * Answers to the clients.
     *
     * @param stale number of correct answers that were marked as stale
     * @param oldestMillis maximum reported age in milliseconds
     * @param refused number of 503 answers with {@code Retry-After}
     * @param empty number of answers without an instance
     * @param wrong number of other answers
     */
    record Seen(int right, int stale, long oldestMillis, int refused, int empty, int wrong, List<String> examples) {

        @Override
        public String toString() {
            return "%d reads, errors %d (of them 503 with Retry-After %d), empty %d, marked as stale %d, the oldest %d ms"
                    .formatted(right + refused + empty + wrong, refused + wrong, refused, empty, stale, oldestMillis);
        }
    }

    DiscoveryClients(RunningRegistry registry, int services, int perSecond) {
        this.registry = registry;
        this.services = services;
        long period = TimeUnit.SECONDS.toNanos(CLIENTS) / perSecond;
        for (int i = 0; i < CLIENTS; i++) {
            var _ = clients.scheduleAtFixedRate(this::discover, i * period / CLIENTS, period, TimeUnit.NANOSECONDS);
        }
    }

    int right() {
        return right.get();
    }

    /** Returns the answers since the last call. */
    Seen seen() {
        var some = List.copyOf(examples);
        examples.clear();
        return new Seen(
                right.getAndSet(0),
                stale.getAndSet(0),
                oldestMillis.getAndSet(0),
                refused.getAndSet(0),
                empty.getAndSet(0),
                wrong.getAndSet(0),
                some);
    }

    private void discover() {
        var path = "/api/v1/discover?service_name=s-" + sent.getAndIncrement() % services;
        try {
            var reply = registry.get(path);
            int found = reply.body().at("/data/services").size();
            if (reply.status() == 200 && found == 1) {
                right.incrementAndGet();
                if (reply.body().at("/meta/stale").asBoolean()) {
                    stale.incrementAndGet();
                    oldestMillis.accumulateAndGet(
                            reply.body().at("/meta/age_ms").asLong(), Math::max);
                }
            } else if (reply.status() == 200 && found == 0) {
                note(empty, path + ": " + reply);
            } else if (reply.status() == 503 && reply.retryAfter() >= 0) {
                refused.incrementAndGet();
            } else {
                note(wrong, path + ": " + reply);
            }
        } catch (IOException | RuntimeException e) {
            note(wrong, path + ": " + e);
        }
    }

    private void note(AtomicInteger kind, String example) {
        kind.incrementAndGet();
        if (examples.size() < ENOUGH_TO_SEE) {
            examples.add(example);
        }
    }

    @Override
    public void close() {
        clients.close();
    }
}
