package dev.aicore.discovery.config.settings;

/** Computes the Levenshtein distance. Commons Text has it, too, but would be a dependency for these twenty lines. */
public final class EditDistance {

    private EditDistance() {}

    /**
     * Returns the number of characters that must be inserted, deleted or replaced to change one text into the other.
     * Takes one step per pair of characters: bound the length of untrusted input.
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
