package dev.aicore.discovery.server.system;

import dev.aicore.discovery.server.system.Ledger.Asked;
import dev.aicore.discovery.server.system.Ledger.Entry;
import dev.aicore.discovery.server.system.RunningRegistry.Reply;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Clients that register, renew and deregister continuously, each instance by one client at a time. They repeat
 * unanswered requests. They wait for a dead server, or use another node of the same registry.
 */
final class LedgerClients implements AutoCloseable {

    private static final int SERVICES = 20;
    private static final int TTL = 3_600;
    private static final int STANDBY_PAUSE_MILLIS = 100;

    private final Ledger ledger;
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger names = new AtomicInteger();
    private final AtomicInteger brokenConnections = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final Queue<String> living = new ConcurrentLinkedQueue<>();
    private final Queue<String> perhapsRegistered = new ConcurrentLinkedQueue<>();
    private final Queue<String> perhapsGone = new ConcurrentLinkedQueue<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final List<RunningRegistry> nodes;
    private volatile RunningRegistry registry;

    LedgerClients(int count, Ledger ledger, RunningRegistry registry) {
        this(count, ledger, List.of(registry));
    }

    /** @param nodes nodes of one registry; the clients leave one that refuses a request or doesn't answer */
    LedgerClients(int count, Ledger ledger, List<RunningRegistry> nodes) {
        this.ledger = ledger;
        this.nodes = new ArrayList<>(nodes);
        this.registry = nodes.getFirst();
        for (int i = 0; i < count; i++) {
            var random = new Random(i);
            threads.add(Thread.ofPlatform().daemon().start(() -> work(random)));
        }
    }

    /** Sets the server that clients use from now on. */
    synchronized void goTo(RunningRegistry restarted) {
        registry = restarted;
        notifyAll();
    }

    /** Replaces a node that has been started again. */
    synchronized void replace(RunningRegistry dead, RunningRegistry restarted) {
        nodes.replaceAll(node -> node == dead ? restarted : node);
        if (registry == dead) {
            goTo(restarted);
        }
    }

    /** Changes to the next node, unless another client has done so already. Returns true if there is another. */
    private synchronized boolean leave(RunningRegistry at) {
        if (registry == at && nodes.size() > 1) {
            goTo(nodes.get((nodes.indexOf(at) + 1) % nodes.size()));
        }
        return registry != at;
    }

    /** Returns answers that no fault excuses: other than success and 503 with {@code Retry-After}, and timeouts. */
    Collection<String> violations() {
        return violations;
    }

    /** Returns the number of connections that ended without an answer. */
    int brokenConnections() {
        return brokenConnections.get();
    }

    /** Returns the number of 503 answers. */
    int refusals() {
        return refusals.get();
    }

    /** Ends the clients after their pending requests. */
    void stop() {
        closed.countDown();
        synchronized (this) {
            notifyAll();
        }
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** Describes what the clients met, and where they wait. */
    @Override
    public String toString() {
        var stacks = threads.stream()
                .map(thread -> Arrays.stream(thread.getStackTrace())
                        .filter(frame -> frame.getClassName().equals(LedgerClients.class.getName()))
                        .map(StackTraceElement::toString)
                        .findFirst()
                        .orElse(thread.getState().toString()))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return "broken connections %d, refusals %d, violations %s, clients at %s"
                .formatted(brokenConnections.get(), refusals.get(), violations, stacks);
    }

    private void work(Random random) {
        try {
            while (closed.getCount() > 0) {
                operate(registry, random.nextInt(10));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | AssertionError e) {
            violations.add(e.toString());
        }
    }

    private void operate(RunningRegistry at, int choice) throws InterruptedException {
        var undecided = perhapsRegistered.poll();
        if (undecided != null) {
            register(at, undecided, true);
            return;
        }
        var leaving = perhapsGone.poll();
        if (leaving != null) {
            deregister(at, leaving, true);
            return;
        }
        var known = choice < 3 ? null : living.poll();
        if (known == null) {
            register(at, "i" + names.incrementAndGet(), false);
        } else if (choice < 9) {
            renew(at, known);
        } else {
            deregister(at, known, false);
        }
    }

    private void register(RunningRegistry at, String id, boolean again) throws InterruptedException {
        var body = RegistryStoryTest.body(id, "s" + Math.floorMod(id.hashCode(), SERVICES), TTL);
        var entry = ledger.asking(Asked.REGISTER, id);
        var reply = answer(at, entry, () -> at.post("/api/v1/services", body));
        if (reply != null && (reply.status() == 201 || (again && reply.status() == 200))) {
            ledger.ok(entry, reply.position());
            living.add(id);
        } else {
            perhapsRegistered.add(id);
            unlessExcused(at, entry, reply);
        }
    }

    private void renew(RunningRegistry at, String id) throws InterruptedException {
        var entry = ledger.asking(Asked.HEARTBEAT, id);
        var reply = answer(at, entry, () -> at.post("/api/v1/services/" + id + "/heartbeat", "{}"));
        if (reply != null && reply.status() == 200) {
            ledger.ok(entry, reply.position());
        } else {
            unlessExcused(at, entry, reply);
        }
        living.add(id);
    }

    private void deregister(RunningRegistry at, String id, boolean again) throws InterruptedException {
        var entry = ledger.asking(Asked.DEREGISTER, id);
        var reply = answer(at, entry, () -> at.delete("/api/v1/services/" + id));
        if (reply != null && reply.status() == 200) {
            ledger.ok(entry, reply.position());
        } else if (reply != null && again && reply.status() == 404) {
            ledger.ok(entry, 0);
        } else {
            perhapsGone.add(id);
            unlessExcused(at, entry, reply);
        }
    }

    private interface Request {
        Reply send() throws IOException;
    }

    /** Returns the answer; null if there was none. */
    private @Nullable Reply answer(RunningRegistry at, Entry entry, Request request) throws InterruptedException {
        try {
            return request.send();
        } catch (ConnectException e) {
            ledger.failed(entry);
            awaitOther(at);
        } catch (HttpTimeoutException e) {
            if (!leave(at)) {
                violations.add(entry + ": no answer");
            }
        } catch (IOException e) {
            brokenConnections.incrementAndGet();
            awaitOther(at);
        }
        return null;
    }

    private void unlessExcused(RunningRegistry at, Entry entry, @Nullable Reply reply) throws InterruptedException {
        if (reply == null) {
            return;
        }
        if (reply.status() != 503 || reply.retryAfter() < 0) {
            violations.add(entry + ": " + reply);
            return;
        }
        refusals.incrementAndGet();
        if (!reply.code().equals("store_unavailable")) {
            ledger.failed(entry);
        }
        if (reply.code().equals("standby") && leave(at)) {
            closed.await(STANDBY_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            closed.await(reply.retryAfter(), TimeUnit.SECONDS);
        }
    }

    /** Waits for another server, or a second if the server is alive, so that the request is repeated. */
    private synchronized void awaitOther(RunningRegistry at) throws InterruptedException {
        if (leave(at)) {
            return;
        }
        do {
            wait(1_000);
        } while (registry == at && !at.isAlive() && closed.getCount() > 0);
    }
}
