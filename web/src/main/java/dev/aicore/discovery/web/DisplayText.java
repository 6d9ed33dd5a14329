package dev.aicore.discovery.web;

/** Prepares text of a caller for an answer: shortens it and makes it encodable. */
final class DisplayText {
    static final int MAX_CHARACTERS = 200;

    private DisplayText() {}

    /**
     * Returns at most 200 characters, the last one an ellipsis if the text was longer. Replaces characters that can't
     * be encoded.
     */
    static String abbreviate(String value) {
        return truncate(value, MAX_CHARACTERS);
    }

    /**
     * Returns at most 1,000 characters, in the same way: for the registry's own sentences, which quote the caller's
     * text.
     */
    static String abbreviateSentence(String value) {
        return truncate(value, 5 * MAX_CHARACTERS);
    }

    private static String truncate(String value, int max) {
        StringBuilder out = new StringBuilder(Math.min(value.length(), max));
        int at = 0;
        for (int shown = 0; at < value.length(); shown++) {
            int character = value.codePointAt(at);
            at += Character.charCount(character);
            if (shown == max - 1 && at < value.length()) {
                return out.append('…').toString();
            }
            out.appendCodePoint(isShowable(character) ? character : 0xFFFD);
        }
        return out.toString();
    }

    /**
     * Returns false for C1 controls and surrogates. JSON escapes C0 controls itself, but not C1 controls, which
     * terminals obey.
     */
    private static boolean isShowable(int character) {
        return !(character >= 0x7f && character <= 0x9f) && Character.getType(character) != Character.SURROGATE;
    }
}
