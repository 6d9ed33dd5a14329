package dev.aicore.discovery.command.health;

import dev.aicore.discovery.api.health.CheckReason;
import dev.aicore.discovery.api.health.CheckResult;
import dev.aicore.discovery.api.shard.Bytes;
import dev.aicore.discovery.api.shard.BytesReader;
import dev.aicore.discovery.api.shard.ObservationKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The last few results of an instance, two numbers each: what is shown as evidence when its health turns. It never changes. */
public final class Results {

    /** There was none yet. */
    public static final Results NONE = new Results(new long[0]);

    private static final int MOST = 5;
    private static final int KIND_BITS = 4;
    private static final int CLASS_BITS = 5;

    /** Of each the time in epoch milliseconds, and the rest. */
    private final long[] numbers;

    private Results(long[] numbers) {
        this.numbers = numbers;
    }

    /**
     * These, and one more.
     *
     * @param kind one that {@link ObservationKind#isResult is a result}
     * @param at when it ended, epoch milliseconds
     * @param first the kind's first number
     * @param second the kind's second number
     */
    public Results and(ObservationKind kind, long at, int first, int second) {
        boolean failed = kind == ObservationKind.CHECK_FAILED;
        long reason = failed ? first : 0;
        long latencyClass = Math.min(failed ? second : first, (1 << CLASS_BITS) - 1);
        int kept = Math.min(numbers.length, 2 * (MOST - 1));
        var more = Arrays.copyOfRange(numbers, numbers.length - kept, numbers.length + 2);
        more[kept] = at;
        more[kept + 1] = (reason << CLASS_BITS | latencyClass) << KIND_BITS | kind.code();
        return new Results(more);
    }

    /** As they are told, eldest first. */
    public List<CheckResult> told() {
        var told = new ArrayList<CheckResult>(numbers.length / 2);
        for (int i = 0; i < numbers.length; i += 2) {
            told.add(told(Instant.ofEpochMilli(numbers[i]), numbers[i + 1]));
        }
        return told;
    }

    private static CheckResult told(Instant at, long rest) {
        int latencyClass = (int) (rest >>> KIND_BITS) & ((1 << CLASS_BITS) - 1);
        int reason = (int) (rest >>> (KIND_BITS + CLASS_BITS));
        return switch (kind(rest)) {
            case REPORTED_HEALTHY -> CheckResult.said(at, true);
            case REPORTED_UNHEALTHY -> CheckResult.said(at, false);
            case CHECK_PASSED, CHECK_PASSED_RENEWING -> CheckResult.checked(at, null, latencyClass);
            case CHECK_FAILED -> CheckResult.checked(at, CheckReason.of(reason), latencyClass);
            case RENEWED, OUTCOMES_REPORTED, OUTCOMES_REPORTED_BY, CONNECTIONS_REPORTED ->
                throw new IllegalArgumentException(kind(rest) + " is no result.");
        };
    }

    public void write(Bytes out) {
        out.varint(numbers.length / 2);
        for (long number : numbers) {
            out.varint(number);
        }
    }

    /**
     * The opposite of {@link #write}.
     *
     * @throws IllegalArgumentException if there are more than were ever kept, fewer than announced, or others than results
     */
    public static Results read(BytesReader in) {
        int count = in.countOf(2);
        if (count > MOST) {
            throw new IllegalArgumentException(count + " results, of at most " + MOST + ".");
        }
        var numbers = new long[2 * count];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = in.varint();
        }
        var results = count == 0 ? NONE : new Results(numbers);
        results.told();
        return results;
    }

    private static ObservationKind kind(long rest) {
        return ObservationKind.ofCode((int) rest & ((1 << KIND_BITS) - 1));
    }
}
