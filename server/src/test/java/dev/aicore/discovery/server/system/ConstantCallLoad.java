package dev.aicore.discovery.server.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Requests the same URI at a constant rate, over several connections, and counts what isn't answered with 200. */
final class ConstantCallLoad implements AutoCloseable {

    private static final int CALLERS = 16;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ScheduledExecutorService callers = Executors.newScheduledThreadPool(CALLERS);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final HttpRequest request;
    private final AtomicLong answers = new AtomicLong();
    private final Set<String> bodies = ConcurrentHashMap.newKeySet();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    private ConstantCallLoad(URI target) {
        this.request = HttpRequest.newBuilder(target).timeout(PATIENCE).build();
    }

    /**
     * Starts the load.
     *
     * @param perSecond requests per second of all callers; fewer while answers take longer than their interval
     */
    static ConstantCallLoad start(URI target, int perSecond) {
        var load = new ConstantCallLoad(target);
        long interval = TimeUnit.SECONDS.toNanos(CALLERS) / perSecond;
        for (int i = 0; i < CALLERS; i++) {
            var _ = load.callers.scheduleAtFixedRate(
                    load::call, interval * i / CALLERS, interval, TimeUnit.NANOSECONDS);
        }
        return load;
    }

    private void call() {
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                answers.incrementAndGet();
                bodies.add(answer.body());
            } else {
                failures.add(answer.statusCode() + " " + answer.body());
            }
        } catch (IOException e) {
            failures.add(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a number of further answers. */
    void awaitAnswers(long further) {
        long wanted = answers.get() + further;
        await().atMost(PATIENCE.plusSeconds(60)).until(() -> answers.get() >= wanted);
    }

    /** Waits until one of the answers has been this text. */
    void awaitAnswer(String body) {
        await().atMost(PATIENCE).until(() -> bodies.contains(body));
    }

    long answers() {
        return answers.get();
    }

    /** Returns the requests that failed since the start, each in one line. */
    Collection<String> failures() {
        return failures;
    }

    /** Ends the load; requests under way are answered first. */
    @Override
    public void close() {
        callers.close();
        http.close();
    }
}
