package dev.aicore.discovery.command.shard.policy;

import dev.aicore.discovery.api.health.CheckFailureReason;
import dev.aicore.discovery.api.health.CheckResult;
import dev.aicore.discovery.api.shard.ByteReader;
import dev.aicore.discovery.api.shard.ByteWriter;
import dev.aicore.discovery.api.shard.ObservationKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Last results of an instance, packed into two numbers each. They are reported as evidence when its health changes.
 * Immutable.
 */
public final class RecentCheckResults {

    /** No results. */
    public static final RecentCheckResults NONE = new RecentCheckResults(new long[0]);

    private static final int MAX_RESULTS = 5;
    private static final int KIND_BITS = 4;
    private static final int CLASS_BITS = 5;

    /**
     * Two numbers per result: the time in epoch milliseconds, then the packed kind, latency class and failure reason.
     */
    private final long[] numbers;

    private RecentCheckResults(long[] numbers) {
        this.numbers = numbers;
    }

    /**
     * Returns these results and one more. The oldest is dropped if there are too many.
     *
     * @param kind kind of the result; {@link ObservationKind#isResult} must be true
     * @param at time at which the check or heartbeat ended, epoch milliseconds
     * @param first first number of the kind
     * @param second second number of the kind
     */
    public RecentCheckResults and(ObservationKind kind, long at, int first, int second) {
        boolean failed = kind == ObservationKind.CHECK_FAILED;
        long reason = failed ? first : 0;
        long latencyClass = Math.min(failed ? second : first, (1 << CLASS_BITS) - 1);
        int count = Math.min(numbers.length, 2 * (MAX_RESULTS - 1));
        var more = Arrays.copyOfRange(numbers, numbers.length - count, numbers.length + 2);
        more[count] = at;
        more[count + 1] = (reason << CLASS_BITS | latencyClass) << KIND_BITS | kind.code();
        return new RecentCheckResults(more);
    }

    /** Returns the results in the form of the API, oldest first. */
    public List<CheckResult> toCheckResults() {
        var results = new ArrayList<CheckResult>(numbers.length / 2);
        for (int i = 0; i < numbers.length; i += 2) {
            results.add(toCheckResults(Instant.ofEpochMilli(numbers[i]), numbers[i + 1]));
        }
        return results;
    }

    private static CheckResult toCheckResults(Instant at, long rest) {
        int latencyClass = (int) (rest >>> KIND_BITS) & ((1 << CLASS_BITS) - 1);
        int reason = (int) (rest >>> (KIND_BITS + CLASS_BITS));
        return switch (kind(rest)) {
            case REPORTED_HEALTHY -> CheckResult.reported(at, true);
            case REPORTED_UNHEALTHY -> CheckResult.reported(at, false);
            case CHECK_PASSED, CHECK_PASSED_RENEWING -> CheckResult.checked(at, null, latencyClass);
            case CHECK_FAILED -> CheckResult.checked(at, CheckFailureReason.of(reason), latencyClass);
            case RENEWED, OUTCOMES_REPORTED, OUTCOMES_REPORTED_BY, CONNECTIONS_REPORTED, LIST_REPORTED ->
                throw new IllegalArgumentException(kind(rest) + " is not a check result.");
        };
    }

    public void write(ByteWriter out) {
        out.writeVarint(numbers.length / 2);
        for (long number : numbers) {
            out.writeVarint(number);
        }
    }

    /**
     * Reads results from the form of {@link #write}.
     *
     * @throws IllegalArgumentException if there are more results than the maximum or fewer than announced, or if a kind
     *     is not a result
     */
    public static RecentCheckResults read(ByteReader in) {
        int count = in.countOf(2);
        if (count > MAX_RESULTS) {
            throw new IllegalArgumentException(count + " check results; the maximum is " + MAX_RESULTS + ".");
        }
        var numbers = new long[2 * count];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = in.readVarint();
        }
        var recentCheckResults = count == 0 ? NONE : new RecentCheckResults(numbers);
        recentCheckResults.toCheckResults();
        return recentCheckResults;
    }

    private static ObservationKind kind(long rest) {
        return ObservationKind.ofCode((int) rest & ((1 << KIND_BITS) - 1));
    }
}
