package dev.aicore.discovery.web;

/** What a caller sent, made fit to be shown in an answer: short, and encodable whatever it was. */
final class DisplayText {
    static final int MAX_CHARACTERS = 200;

    private DisplayText() {}

    /** At most 200 characters, the last of them an ellipsis if more were there; what cannot be encoded is replaced. */
    static String text(String value) {
        return cut(value, MAX_CHARACTERS);
    }

    /** The same for what we say about it, which quotes it and so may be longer. */
    static String sentence(String value) {
        return cut(value, 5 * MAX_CHARACTERS);
    }

    private static String cut(String value, int max) {
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

    /** C0 controls are escaped by JSON itself; C1 controls are not, and terminals obey them. */
    private static boolean isShowable(int character) {
        return !(character >= 0x7f && character <= 0x9f) && Character.getType(character) != Character.SURROGATE;
    }
}
