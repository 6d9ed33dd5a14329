package dev.aicore.discovery.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.aicore.discovery.bench.load.LoadGenerator.LoadRound;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Runs one round of the built-in generator. Single-threaded, and allocates no objects per request. */
final class GeneratorRun implements AutoCloseable {

    private static final int BUFFER = 1 << 16;
    /**
     * Maximum time without any answer: a server that has just started may read thousands of requests before it answers
     * the first.
     */
    private static final long TIMEOUT_NANOS = Duration.ofMinutes(2).toNanos();

    private static final long MAX_NANOS = Duration.ofMinutes(2).toNanos();
    private static final int DIGITS = 3;

    private final Selector selector = Selector.open();
    private final List<byte[]> requests;
    private final List<LoadConnection> connections = new ArrayList<>();
    private final ArrayDeque<LoadConnection> free;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final Histogram took = new Histogram(MAX_NANOS, DIGITS);
    private long sent;
    private long bad;
    private long lastAnswer;

    GeneratorRun(int port, RequestCycle requestCycle, int count) throws IOException {
        this.requests = requestCycle.all();
        this.free = new ArrayDeque<>(count);
        var mark = requestCycle.mark().getBytes(US_ASCII);
        for (int i = 0; i < count; i++) {
            connections.add(new LoadConnection(selector, port, mark));
        }
        free.addAll(connections);
    }

    LoadRound run(SendSchedule sendSchedule) throws IOException {
        long begin = System.nanoTime();
        lastAnswer = begin;
        sendSchedule.begin(begin);
        for (long now = begin;
                !sendSchedule.hasEnded(now, sent) || free.size() < connections.size();
                now = System.nanoTime()) {
            send(sendSchedule, now);
            sendSchedule.await(selector, this::read);
            if (now - lastAnswer > TIMEOUT_NANOS) {
                throw new IllegalStateException(
                        "%d of %d requests got no answer.".formatted(connections.size() - free.size(), sent));
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new LoadRound(
                took.getTotalCount(),
                bad + sendSchedule.wanted(sent) - sent,
                seconds,
                millis(50),
                millis(99),
                millis(99.9));
    }

    @Override
    public void close() throws IOException {
        for (var loadConnection : connections) {
            loadConnection.close();
        }
        selector.close();
    }

    private void send(SendSchedule sendSchedule, long now) throws IOException {
        long due = sendSchedule.due(now, sent);
        while (sent < due && !free.isEmpty()) {
            var request = requests.get((int) (sent % requests.size()));
            free.remove().send(request, sendSchedule.intended(sent, System.nanoTime()));
            sent++;
        }
    }

    private void read(SelectionKey key) {
        var loadConnection = (LoadConnection) key.attachment();
        switch (loadConnection.proceed(buffer)) {
            case WAITS -> {}
            case RENEWED -> {}
            case GOOD -> {
                lastAnswer = System.nanoTime();
                took.recordValue(Math.min(lastAnswer - loadConnection.intended(), MAX_NANOS));
                free.add(loadConnection);
            }
            case BAD -> {
                lastAnswer = System.nanoTime();
                bad++;
                free.add(loadConnection);
            }
        }
    }

    private double millis(double percentile) {
        return took.getValueAtPercentile(percentile) / 1e6;
    }
}
