package dev.aicore.discovery.dialect.consul.filter;

import dev.aicore.discovery.dialect.consul.filter.FilterField.MapField;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Parses filters by recursive descent. {@code and} binds tighter than {@code or}, and {@code not} tighter than both.
 *
 * <pre>{@code
 * or         = and { "or" and }
 * and        = unary { "and" unary }
 * unary      = "not" unary | "(" or ")" | comparison
 * comparison = selector ("==" | "!=" | ["not"] ("contains" | "matches")) value
 *            | selector "is" ["not"] "empty"
 *            | value ["not"] "in" selector
 * selector   = word [ "[" quoted "]" ]
 * }</pre>
 *
 * @param <T> type of the document
 */
public final class FilterParser<T> {

    /** Maximum number of characters of a filter. */
    public static final int MAX_LENGTH = 4_096;

    /** Maximum depth of parentheses and negations. */
    static final int MAX_DEPTH = 64;

    /** Maximum number of comparisons, each of which is evaluated for each document. */
    static final int MAX_COMPARISONS = 64;

    private final FilterFields<T> fields;
    private final List<FilterToken> tokens;
    private int at;
    private int depth;
    private int comparisons;

    private FilterParser(FilterFields<T> fields, List<FilterToken> tokens) {
        this.fields = fields;
        this.tokens = tokens;
    }

    /**
     * Returns the condition that a filter states. A blank filter accepts everything.
     *
     * @throws InvalidFilterException with a sentence for the caller
     */
    public static <T> Predicate<T> parse(String filter, FilterFields<T> fields) throws InvalidFilterException {
        if (filter.isBlank()) {
            return _ -> true;
        }
        if (filter.length() > MAX_LENGTH) {
            throw new InvalidFilterException(
                    "The filter has " + filter.length() + " characters; at most " + MAX_LENGTH + " are allowed.");
        }
        var parser = new FilterParser<>(fields, FilterLexer.tokens(filter));
        var condition = parser.or();
        var rest = parser.peek();
        if (rest.kind() != FilterToken.Kind.END) {
            throw unexpected("and, or, or the end", rest);
        }
        return condition;
    }

    private Predicate<T> or() throws InvalidFilterException {
        var alternatives = new ArrayList<Predicate<T>>();
        do {
            alternatives.add(and());
        } while (consumeWord("or"));
        return alternatives.size() == 1
                ? alternatives.getFirst()
                : document -> alternatives.stream().anyMatch(condition -> condition.test(document));
    }

    private Predicate<T> and() throws InvalidFilterException {
        var conditions = new ArrayList<Predicate<T>>();
        do {
            conditions.add(unary());
        } while (consumeWord("and"));
        return conditions.size() == 1
                ? conditions.getFirst()
                : document -> conditions.stream().allMatch(condition -> condition.test(document));
    }

    private Predicate<T> unary() throws InvalidFilterException {
        if (isNegation()) {
            enter();
            at++;
            var negated = unary().negate();
            depth--;
            return negated;
        }
        if (peek().isSymbol("(")) {
            enter();
            at++;
            var inner = or();
            if (!peek().isSymbol(")")) {
                throw unexpected("')'", peek());
            }
            at++;
            depth--;
            return inner;
        }
        return comparison();
    }

    /** Returns true at a leading {@code not} that isn't itself a value, as in {@code not in Service.Tags}. */
    private boolean isNegation() {
        return peek().isWord("not") && !tokens.get(at + 1).isWord("in");
    }

    private void enter() throws InvalidFilterException {
        if (++depth > MAX_DEPTH) {
            throw new InvalidFilterException(
                    "more than " + MAX_DEPTH + " levels of parentheses and negations", peek().position());
        }
    }

    private Predicate<T> comparison() throws InvalidFilterException {
        var first = peek();
        if (!first.isValue()) {
            throw unexpected("a selector or a value", first);
        }
        if (++comparisons > MAX_COMPARISONS) {
            throw new InvalidFilterException("more than " + MAX_COMPARISONS + " comparisons", first.position());
        }
        at++;
        var key = key(first);
        boolean negated = consumeWord("not");
        if (key == null && consumeWord("in")) {
            var operator = negated ? FilterOperator.NOT_CONTAINS : FilterOperator.CONTAINS;
            var selected = peek();
            at++;
            return condition(selected, key(selected), operator, first.text());
        }
        if (first.kind() != FilterToken.Kind.WORD) {
            throw unexpected("in or not in", peek());
        }
        var operator = operator(negated);
        return condition(first, key, operator, operator.hasValue() ? value() : "");
    }

    /** Reads the key in brackets after a selector; null if there is none. */
    private @Nullable String key(FilterToken selector) throws InvalidFilterException {
        if (selector.kind() != FilterToken.Kind.WORD || !peek().isSymbol("[")) {
            return null;
        }
        at++;
        var key = peek();
        if (key.kind() != FilterToken.Kind.QUOTED) {
            throw unexpected("a key in quotes", key);
        }
        at++;
        if (!peek().isSymbol("]")) {
            throw unexpected("']'", peek());
        }
        at++;
        return key.text();
    }

    private FilterOperator operator(boolean negated) throws InvalidFilterException {
        var token = peek();
        at++;
        if (token.isWord("contains")) {
            return negated ? FilterOperator.NOT_CONTAINS : FilterOperator.CONTAINS;
        }
        if (token.isWord("matches")) {
            return negated ? FilterOperator.NOT_MATCHES : FilterOperator.MATCHES;
        }
        if (!negated && token.isWord("is")) {
            boolean not = consumeWord("not");
            if (consumeWord("empty")) {
                return not ? FilterOperator.NOT_EMPTY : FilterOperator.EMPTY;
            }
            throw unexpected("empty", peek());
        }
        if (!negated && token.isSymbol("==")) {
            return FilterOperator.EQUAL;
        }
        if (!negated && token.isSymbol("!=")) {
            return FilterOperator.NOT_EQUAL;
        }
        throw unexpected(negated ? "in, contains or matches" : "an operator", token);
    }

    private String value() throws InvalidFilterException {
        var token = peek();
        if (!token.isValue()) {
            throw unexpected("a value", token);
        }
        at++;
        return token.text();
    }

    private Predicate<T> condition(FilterToken selector, @Nullable String key, FilterOperator operator, String value)
            throws InvalidFilterException {
        if (selector.kind() != FilterToken.Kind.WORD) {
            throw unexpected("a selector", selector);
        }
        var comparison = new FilterComparison(selector.text(), operator, value, selector.position());
        var field = fields.find(selector.text());
        if (key == null && field != null) {
            return comparison.on(field);
        }
        if (key != null && field instanceof MapField<T> map) {
            return comparison.onKey(map, key);
        }
        int dot = selector.text().lastIndexOf('.');
        if (key == null && dot > 0 && fields.find(selector.text().substring(0, dot)) instanceof MapField<T> map) {
            return comparison.onKey(map, selector.text().substring(dot + 1));
        }
        throw new InvalidFilterException(
                "there is no selector '" + FilterToken.shorten(selector.text()) + (key == null ? "" : "[...]")
                        + "'; there are " + fields.describe(),
                selector.position());
    }

    private boolean consumeWord(String word) {
        boolean found = peek().isWord(word);
        if (found) {
            at++;
        }
        return found;
    }

    /** Returns the next token; the end again after the end. */
    private FilterToken peek() {
        return tokens.get(Math.min(at, tokens.size() - 1));
    }

    private static InvalidFilterException unexpected(String expected, FilterToken found) {
        return new InvalidFilterException("expected " + expected + ", but found " + found.describe(), found.position());
    }
}
