/**
 * Parses and evaluates the filter language of Consul (go-bexpr), such as
 * {@code Service.Meta.zone == a and "v1" in Service.Tags}.
 *
 * <pre>
 *   text ─ FilterLexer ─ FilterParser ─ Predicate over a document
 *                             │
 *                        FilterFields: selectors of the document and their kinds (FilterField)
 * </pre>
 *
 * <p>A filter is bounded in length, depth and in the size of its patterns, because any caller may send one.
 */
@NullMarked
package dev.aicore.discovery.dialect.consul.filter;

import org.jspecify.annotations.NullMarked;
