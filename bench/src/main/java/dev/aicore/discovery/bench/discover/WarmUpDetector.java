package dev.aicore.discovery.bench.discover;

/**
 * Tells from the rates of a warm-up's pieces, in their order, when a server is warm: three in a row have each gained less than 3 % on
 * the best before them. One piece that is no faster says little: compilers work beside the load, and a piece may be slow for it.
 *
 * @param cold rate of the first piece; 0 before it
 * @param best of all rates
 * @param calm how many pieces in a row have gained less
 * @param pieces how many there were
 */
record WarmUpDetector(double cold, double best, int calm, int pieces) {

    static final WarmUpDetector NONE = new WarmUpDetector(0, 0, 0, 0);

    private static final double GAIN = 1.03;
    private static final int CALM = 3;

    /** With one piece more. */
    WarmUpDetector and(double rate) {
        boolean isCalm = pieces > 0 && rate < GAIN * best;
        return new WarmUpDetector(pieces == 0 ? rate : cold, Math.max(best, rate), isCalm ? calm + 1 : 0, pieces + 1);
    }

    boolean isWarm() {
        return calm >= CALM;
    }

    /** The same of something that each answer holds so many times. */
    WarmUpDetector times(int things) {
        return new WarmUpDetector(cold * things, best * things, calm, pieces);
    }

    /** For the table; empty where nothing was warmed up. */
    String words() {
        return pieces == 0 ? "" : "%,.0f; %s after %d".formatted(cold, isWarm() ? "warm" : "not warm", pieces);
    }
}
