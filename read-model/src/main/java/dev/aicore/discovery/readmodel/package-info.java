/**
 * Passes the watermarks of the read models from the projections to the query side, in a process that has both. Without
 * projections in the process, the query side reads the watermarks from the database.
 *
 * <pre>{@code
 * projection (commit) -> LocalWatermarks.publish -> changes -> reader that requires a position
 * reader -> LocalWatermarks.want -> projection publishes as soon as the position is reached
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.readmodel;

import org.jspecify.annotations.NullMarked;
