package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.command.batching.CommandReply;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts answers and their latencies, with a resolution of 0.05 ms up to 10 s. Thread-safe. */
public final class ResponseHistogram {

    private static final int NANOS = 50_000;
    private static final int BUCKETS = 200_000;

    private final AtomicIntegerArray took = new AtomicIntegerArray(BUCKETS);
    private final LongAdder good = new LongAdder();
    private final LongAdder bad = new LongAdder();

    /** Counts an answer of the command gateway; a refusal or a failure is an error. */
    void take(@Nullable CommandReply commandReply, @Nullable Throwable failure, long nanos) {
        take(failure == null && commandReply != null && !(commandReply.outcome() instanceof Outcome.Refused), nanos);
    }

    /** Counts an answer. */
    public void take(boolean isGood, long nanos) {
        took.incrementAndGet(Math.clamp(nanos / NANOS, 0, BUCKETS - 1));
        (isGood ? good : bad).increment();
    }

    long good() {
        return good.sum();
    }

    long bad() {
        return bad.sum();
    }

    long all() {
        return good() + bad();
    }

    /** Returns the latency in milliseconds within which a share of the answers arrived. */
    double millis(double share) {
        long left = (long) Math.ceil(all() * share);
        int bucket = 0;
        for (; bucket < BUCKETS - 1; bucket++) {
            left -= took.get(bucket);
            if (left <= 0) {
                break;
            }
        }
        return (bucket + 1) * (NANOS / 1e6);
    }
}
