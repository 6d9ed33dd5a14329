package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.command.batching.CommandReply;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Counts answers and their latencies, with a precision of three digits. Thread-safe. */
public final class ResponseHistogram {

    private static final int DIGITS = 3;

    private final Histogram took = new ConcurrentHistogram(DIGITS);
    private final LongAdder good = new LongAdder();
    private final LongAdder bad = new LongAdder();

    /** Counts an answer of the command gateway; a refusal or a failure is an error. */
    void take(@Nullable CommandReply commandReply, @Nullable Throwable failure, long nanos) {
        take(failure == null && commandReply != null && !(commandReply.outcome() instanceof Outcome.Refused), nanos);
    }

    /** Counts an answer. */
    public void take(boolean isGood, long nanos) {
        took.recordValue(Math.max(0, nanos));
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
        return took.getValueAtPercentile(share * 100) / 1e6;
    }
}
