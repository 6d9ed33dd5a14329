package dev.aicore.discovery.bench.discovery;

/**
 * Detects from the rates of a warm-up's pieces when a server is warm: when three pieces in a row have each gained less
 * than 3 % on the best before. A single piece says little, because compilers that run beside the load may slow it down.
 *
 * @param cold rate of the first piece; 0 before it
 * @param best highest rate
 * @param calm number of consecutive pieces below the gain
 * @param pieces number of pieces
 */
record WarmUpDetector(double cold, double best, int calm, int pieces) {

    static final WarmUpDetector NONE = new WarmUpDetector(0, 0, 0, 0);

    private static final double GAIN = 1.03;
    private static final int CALM = 3;

    /** Returns this state after another piece. */
    WarmUpDetector and(double rate) {
        boolean isCalm = pieces > 0 && rate < GAIN * best;
        return new WarmUpDetector(pieces == 0 ? rate : cold, Math.max(best, rate), isCalm ? calm + 1 : 0, pieces + 1);
    }

    boolean isWarm() {
        return calm >= CALM;
    }

    /** Returns this state per item of an answer with so many items. */
    WarmUpDetector times(int things) {
        return new WarmUpDetector(cold * things, best * things, calm, pieces);
    }

    /** Returns the text for the table; empty if there was no warm-up. */
    String words() {
        return pieces == 0 ? "" : "%,.0f; %s after %d".formatted(cold, isWarm() ? "warm" : "not warm", pieces);
    }
}
