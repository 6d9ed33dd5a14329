package dev.aicore.discovery.bench.rig;

/**
 * Threshold of a figure and its result.
 *
 * @param words text for the table, with the bound and its unit
 * @param met true if the figure meets the threshold
 */
public record Threshold(String words, boolean met) {

    @Override
    public String toString() {
        return words + (met ? ": met" : ": missed");
    }

    /** Returns the thresholds in order as text; empty if there are none. */
    public static String words(Iterable<Threshold> goals) {
        var words = new StringBuilder();
        goals.forEach(threshold -> words.append(words.isEmpty() ? "" : "; ").append(threshold));
        return words.toString();
    }
}
