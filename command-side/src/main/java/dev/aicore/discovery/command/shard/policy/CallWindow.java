package dev.aicore.discovery.command.shard.policy;

import dev.aicore.discovery.api.health.CallReport;
import dev.aicore.discovery.api.shard.ByteReader;
import dev.aicore.discovery.api.shard.ByteWriter;
import dev.aicore.discovery.api.shard.ObservationKind;
import java.util.Arrays;

/**
 * Last calls of an instance, from its checks and from the reports of its callers; the basis of its circuit breaker. A
 * run of equal calls takes one number, so that an instance without failures needs little memory.
 *
 * <p>The window holds more calls than any setting can evaluate, so that its content does not depend on settings.
 * Immutable.
 */
public final class CallWindow {

    /** Maximum number of calls. */
    public static final int MAX_CALLS = 200;

    /** Maximum number of calls of one reporter, so that one reporter can't displace the calls of others. */
    public static final int MAX_CALLS_PER_REPORTER = MAX_CALLS / 2;

    private static final int MAX_RUNS = 64;

    /**
     * Number of calls of a report that take two runs. With more runs per report, many reports would displace each
     * other.
     */
    private static final int CALLS_PER_RUN_PAIR = 13;

    /** Reporter number of the registry's own checks. */
    private static final int REGISTRY = 0;

    /** Highest latency class that is stored as 0: checks of up to half a second are not distinguished. */
    private static final int SLOWEST_FAST_CLASS = 9;

    private static final int COUNT_BITS = 8;
    private static final int CLASS_BITS = 5;

    /** The empty window. */
    public static final CallWindow NONE = new CallWindow(new long[0], 0);

    private long[] runs;
    private int size;

    /** Numbers of calls, of failed calls and of slow calls. */
    public record Tally(int calls, int failures, int slow) {}

    private CallWindow(long[] runs, int size) {
        this.runs = runs;
        this.size = size;
    }

    /** Returns the reporter number of a principal, at least 1. */
    public static int reporter(String principal) {
        return Math.max(1, principal.hashCode() & Integer.MAX_VALUE);
    }

    /**
     * Returns this window with the calls of an observation.
     *
     * @param kind kind of the observation; {@link ObservationKind#isCall} must be true
     * @param first first argument of the kind
     * @param second second argument of the kind
     */
    public CallWindow and(ObservationKind kind, int first, int second) {
        return kind == ObservationKind.OUTCOMES_REPORTED_BY
                ? reported(CallReport.of(first), second)
                : checked(kind.passed(), kind.arguments() > 1 ? second : first);
    }

    /** Returns this window with one more check by the registry. */
    public CallWindow checked(boolean passed, int latencyClass) {
        var window = new CallWindow(runs.clone(), size);
        window.add(REGISTRY, !passed, latencyClass, 1);
        return window;
    }

    /**
     * Returns this window with a caller's report. The report is added as stretches with the same ratio of failures, so
     * that a smaller window takes the same ratio. A report above {@link #MAX_CALLS_PER_REPORTER} calls is scaled down.
     */
    public CallWindow reported(CallReport report, int reporter) {
        int total = report.successes() + report.failures();
        int counted = Math.min(total, MAX_CALLS_PER_REPORTER);
        int failures = Math.ceilDiv(report.failures() * counted, total);
        // The first and the last run are half as long as the others, so that a partly taken report keeps its ratio of
        // failures.
        int halves = 2 * Math.ceilDiv(counted, CALLS_PER_RUN_PAIR) - 1;
        var window = new CallWindow(runs.clone(), size);
        for (int half = 1; half <= halves; half += 2) {
            window.add(reporter, false, 0, part(counted - failures, half - 2, half, halves));
            window.add(reporter, true, 0, part(failures, half - 1, half + 1, halves));
        }
        return window;
    }

    /**
     * Counts the newest calls.
     *
     * @param window maximum number of calls; less than half of them from one reporter
     * @param slowClass latency class from which a check counts as slow
     */
    public Tally tally(int window, int slowClass) {
        int[] taken = new int[size];
        int calls = 0;
        int failures = 0;
        int slow = 0;
        for (int i = size - 1; i >= 0 && calls < window; i--) {
            int remaining = window - calls;
            if (reporter(runs[i]) != REGISTRY) {
                remaining = Math.min(remaining, (window - 1) / 2 - ofSame(i, taken));
            }
            taken[i] = Math.min(remaining, count(runs[i]));
            calls += taken[i];
            failures += isFailure(runs[i]) ? taken[i] : 0;
            slow += latencyClass(runs[i]) >= slowClass ? taken[i] : 0;
        }
        return new Tally(calls, failures, slow);
    }

    public void write(ByteWriter out) {
        out.writeVarint(size);
        for (int i = 0; i < size; i++) {
            out.writeVarint(runs[i]);
        }
    }

    /**
     * Reads a window from the form of {@link #write}.
     *
     * @throws IllegalArgumentException if there are more runs than the maximum, or fewer than announced
     */
    public static CallWindow read(ByteReader in) {
        int size = in.countOf(1);
        if (size > MAX_RUNS) {
            throw new IllegalArgumentException(size + " runs of calls; the maximum is " + MAX_RUNS + ".");
        }
        var runs = new long[size];
        for (int i = 0; i < size; i++) {
            runs[i] = in.readDuration();
        }
        return size == 0 ? NONE : new CallWindow(runs, size);
    }

    private static int part(int whole, int from, int to, int parts) {
        return whole * Math.min(to, parts) / parts - whole * Math.max(from, 0) / parts;
    }

    private void add(int reporter, boolean failed, int latencyClass, int count) {
        if (count == 0) {
            return;
        }
        long run = run(reporter, failed, latencyClass <= SLOWEST_FAST_CLASS ? 0 : latencyClass);
        if (size > 0 && runs[size - 1] >>> COUNT_BITS == run >>> COUNT_BITS) {
            count += count(runs[size - 1]);
            size--;
        }
        if (size == runs.length) {
            runs = Arrays.copyOf(runs, size + 2);
        }
        runs[size++] = run | Math.min(count, MAX_CALLS);
        if (reporter != REGISTRY) {
            trim(reporter, MAX_CALLS_PER_REPORTER);
        }
        trim(-1, MAX_CALLS);
        if (size > MAX_RUNS) {
            remove(0);
        }
    }

    /**
     * Removes the oldest calls until at most {@code most} are left; counts the calls of all reporters if
     * {@code reporter} is -1.
     */
    private void trim(int reporter, int max) {
        int surplus = -max;
        for (int i = 0; i < size; i++) {
            surplus += reporter < 0 || reporter(runs[i]) == reporter ? count(runs[i]) : 0;
        }
        for (int i = 0; surplus > 0; ) {
            if (reporter >= 0 && reporter(runs[i]) != reporter) {
                i++;
            } else if (count(runs[i]) <= surplus) {
                surplus -= count(runs[i]);
                remove(i);
            } else {
                runs[i] -= surplus;
                surplus = 0;
            }
        }
    }

    private void remove(int index) {
        System.arraycopy(runs, index + 1, runs, index, size - index - 1);
        size--;
    }

    private int ofSame(int index, int[] taken) {
        int same = 0;
        for (int i = index + 1; i < size; i++) {
            same += reporter(runs[i]) == reporter(runs[index]) ? taken[i] : 0;
        }
        return same;
    }

    private static long run(int reporter, boolean failed, int latencyClass) {
        long reporterBits = (long) reporter << 1 | (failed ? 1 : 0);
        return (reporterBits << CLASS_BITS | latencyClass) << COUNT_BITS;
    }

    private static int count(long run) {
        return (int) run & ((1 << COUNT_BITS) - 1);
    }

    private static int latencyClass(long run) {
        return (int) (run >>> COUNT_BITS) & ((1 << CLASS_BITS) - 1);
    }

    private static boolean isFailure(long run) {
        return (run >>> (COUNT_BITS + CLASS_BITS) & 1) == 1;
    }

    private static int reporter(long run) {
        return (int) (run >>> (COUNT_BITS + CLASS_BITS + 1));
    }
}
