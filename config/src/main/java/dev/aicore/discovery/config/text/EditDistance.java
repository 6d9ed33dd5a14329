package dev.aicore.discovery.config.text;

/** Levenshtein's distance. */
public final class EditDistance {

    private EditDistance() {}

    /**
     * How many single characters have to be inserted, left out or replaced to make one of the other. It takes a step for each pair
     * of characters: bound what strangers send.
     */
    public static int between(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
