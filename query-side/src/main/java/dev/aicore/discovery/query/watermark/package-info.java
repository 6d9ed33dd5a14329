/**
 * Reads the watermarks of the read models and lets callers wait for a position.
 *
 * <p>A caller passes {@code min_position} and {@code wait}, parsed into a {@code ConsistencyRequirement}.
 * {@code ReadYourWritesBarrier} returns the read's result if it is recent enough. Otherwise it waits until the
 * watermarks reach the position and reads again, or fails with {@code not_yet_visible}. It follows the watermarks in
 * this process's memory and polls them in PostgreSQL.
 *
 * <pre>{@code
 * projections (same process) --> LocalWatermarks --+
 *                                                  +--> ReadYourWritesBarrier --> read again
 * models.watermarks --> WatermarkReader (polls) ---+
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.query.watermark;

import org.jspecify.annotations.NullMarked;
