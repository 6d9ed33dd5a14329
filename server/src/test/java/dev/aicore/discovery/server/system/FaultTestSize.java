package dev.aicore.discovery.server.system;

/** Chooses the numbers of a fault test: few in the ordinary suite, many with {@code ./registry test --faults}. */
final class FaultTestSize {

    /** JUnit tag of the tests with two sizes. */
    static final String TAG = "faults";

    private static final boolean IS_LONG = Boolean.getBoolean("faults.long");

    private FaultTestSize() {}

    /** Returns the number for this run. */
    static int of(int ordinary, int many) {
        return IS_LONG ? many : ordinary;
    }
}
