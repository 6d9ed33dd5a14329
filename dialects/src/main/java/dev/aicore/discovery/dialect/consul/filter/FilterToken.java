package dev.aicore.discovery.dialect.consul.filter;

/**
 * Token of a filter.
 *
 * @param text the word or symbol as written; the content of a quoted text
 * @param position index of the first character in the filter
 */
record FilterToken(Kind kind, String text, int position) {

    private static final int MAX_SHOWN = 60;

    enum Kind {
        WORD,
        QUOTED,
        SYMBOL,
        END
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    boolean isValue() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    /** Returns the token as a message shows it. */
    String describe() {
        return kind == Kind.END ? "the end" : '\'' + shorten(text) + '\'';
    }

    /** Returns a text as a message quotes it: the first 60 characters of a longer one. */
    static String shorten(String text) {
        return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "..." : text;
    }
}
