package dev.aicore.discovery.web;

import java.util.regex.Pattern;

/**
 * Set of ASCII characters, for texts that every request contains. A {@link Pattern} checks the same with far more CPU:
 * all patterns of a process share the code of their character classes, so that the JIT compiler can't inline it.
 */
public final class AsciiSet {

    private static final int SIZE = 128;

    private final boolean[] members = new boolean[SIZE];

    private AsciiSet(Pattern member) {
        for (char c = 0; c < SIZE; c++) {
            members[c] = member.matcher(String.valueOf(c)).matches();
        }
    }

    /**
     * Creates a set of the ASCII characters that a character class contains.
     *
     * @param characterClass regular expression of one character, such as {@code [a-z0-9]}
     */
    public static AsciiSet of(String characterClass) {
        return new AsciiSet(Pattern.compile(characterClass));
    }

    /** Returns true if the set contains all characters of the text; so it does if the text is empty. */
    public boolean containsAll(String text) {
        return containsAll(text, 0, text.length());
    }

    /**
     * Returns true if the set contains all characters of a part of the text.
     *
     * @param from index of the first character
     * @param to index after the last character
     */
    public boolean containsAll(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!contains(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean contains(char c) {
        return c < SIZE && members[c];
    }
}
