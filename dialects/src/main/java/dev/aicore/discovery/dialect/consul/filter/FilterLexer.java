package dev.aicore.discovery.dialect.consul.filter;

import dev.aicore.discovery.dialect.consul.filter.FilterToken.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a filter into tokens. A word ends at white space, a quote, a parenthesis, a bracket or a comparison, so that
 * bare values such as {@code eu-west-1} need no quotes.
 */
final class FilterLexer {

    private static final String WORD_ENDS = "()[]\"`=!";

    private final String filter;
    private int at;

    private FilterLexer(String filter) {
        this.filter = filter;
    }

    /**
     * Returns the tokens; the last one is of the kind {@code END}.
     *
     * @throws InvalidFilterException if a quote isn't closed or a symbol is unknown
     */
    static List<FilterToken> tokens(String filter) throws InvalidFilterException {
        var lexer = new FilterLexer(filter);
        var tokens = new ArrayList<FilterToken>();
        do {
            tokens.add(lexer.next());
        } while (tokens.getLast().kind() != Kind.END);
        return tokens;
    }

    private FilterToken next() throws InvalidFilterException {
        while (at < filter.length() && isSpace(filter.charAt(at))) {
            at++;
        }
        int start = at;
        if (at == filter.length()) {
            return new FilterToken(Kind.END, "", start);
        }
        return switch (filter.charAt(at)) {
            case '(', ')', '[', ']' -> symbol(1);
            case '=', '!' -> comparison();
            case '`' -> new FilterToken(Kind.QUOTED, raw(), start);
            case '"' -> new FilterToken(Kind.QUOTED, quoted(), start);
            default -> word();
        };
    }

    private FilterToken comparison() throws InvalidFilterException {
        if (at + 1 < filter.length() && filter.charAt(at + 1) == '=') {
            return symbol(2);
        }
        throw new InvalidFilterException("'" + filter.charAt(at) + "' is no operator", at);
    }

    private FilterToken symbol(int length) {
        int start = at;
        at += length;
        return new FilterToken(Kind.SYMBOL, filter.substring(start, at), start);
    }

    private FilterToken word() {
        int start = at;
        while (at < filter.length() && !isSpace(filter.charAt(at)) && WORD_ENDS.indexOf(filter.charAt(at)) < 0) {
            at++;
        }
        return new FilterToken(Kind.WORD, filter.substring(start, at), start);
    }

    private String raw() throws InvalidFilterException {
        int end = filter.indexOf('`', at + 1);
        if (end < 0) {
            throw new InvalidFilterException("the quoted text isn't closed", at);
        }
        var text = filter.substring(at + 1, end);
        at = end + 1;
        return text;
    }

    private String quoted() throws InvalidFilterException {
        int start = at++;
        var text = new StringBuilder();
        while (at < filter.length() && filter.charAt(at) != '"') {
            text.append(filter.charAt(at) == '\\' ? escaped() : filter.charAt(at));
            at++;
        }
        if (at == filter.length()) {
            throw new InvalidFilterException("the quoted text isn't closed", start);
        }
        at++;
        return text.toString();
    }

    /** Reads the character after a backslash. A backslash before another character stands for itself. */
    private char escaped() {
        if (at + 1 == filter.length()) {
            return '\\';
        }
        return switch (filter.charAt(at + 1)) {
            case '"', '\\' -> filter.charAt(++at);
            case 'n' -> {
                at++;
                yield '\n';
            }
            case 't' -> {
                at++;
                yield '\t';
            }
            default -> '\\';
        };
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
