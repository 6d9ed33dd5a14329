package dev.aicore.discovery.bench.rig;

/**
 * What was wanted of a figure, and whether it came.
 *
 * @param words for the table, with the bound and its unit
 */
public record Threshold(String words, boolean met) {

    @Override
    public String toString() {
        return words + (met ? ": met" : ": missed");
    }

    /** In words, in their order; empty where nothing was wanted. */
    public static String words(Iterable<Threshold> goals) {
        var words = new StringBuilder();
        goals.forEach(threshold -> words.append(words.isEmpty() ? "" : "; ").append(threshold));
        return words.toString();
    }
}
