/**
 * Relates reads to positions: points in the past, and the lowest position that an answer must reflect.
 *
 * <p>{@code AsOfParameter} parses the parameter {@code at} or the header {@code Accept-Datetime}. {@code AsOfResolver}
 * waits until no event can be recorded any more at or before the instant and until the read models reflect all facts
 * up to it. The result is final, so a repeated query returns the same answer. A caller that passes {@code
 * min_position} and {@code wait} states a {@code ConsistencyRequirement}: {@code ReadYourWritesBarrier} returns the
 * read's result if it is recent enough. Otherwise it waits until the watermarks reach the position and reads again, or
 * fails with {@code not_yet_visible}.
 *
 * <pre>{@code
 * request --> AsOfParameter --> AsOfPoint --> AsOfResolver --> ResolvedAsOfPoint (position, instant)
 *                                                 +--> store.head, models.audit
 *
 * projections (same process) --> LocalWatermarks --+
 *                                                  +--> ReadYourWritesBarrier --> read again
 * models.watermarks --> WatermarkReader (polls) ---+
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.query.consistency;

import org.jspecify.annotations.NullMarked;
