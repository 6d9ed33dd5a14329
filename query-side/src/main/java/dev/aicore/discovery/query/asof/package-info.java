/**
 * Parses points in time that queries refer to, and resolves them to positions.
 *
 * <p>{@code AsOfParameter} parses the parameter {@code at} or the header {@code Accept-Datetime}. {@code AsOfResolver}
 * waits until no event can be recorded any more at or before the instant and until the read models reflect all facts up
 * to it. {@code AsOfReader} finds the position in the audit. The result is final, so a repeated query returns the same
 * answer.
 *
 * <pre>{@code
 * request --> AsOfParameter --> AsOfPoint --> AsOfResolver --> ResolvedAsOfPoint (position, instant)
 *                                                 |
 *                      store.head, models.audit <-- AsOfReader
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.query.asof;

import org.jspecify.annotations.NullMarked;
