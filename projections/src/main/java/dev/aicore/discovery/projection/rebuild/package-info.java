/**
 * Rebuilds read models from the store, or verifies them, while the old tables serve. {@link RebuildService} runs one
 * task at a time and resumes it after a kill. Facts are folded into shadow tables of the schema {@code models_next}.
 *
 * <pre>{@code
 * store -> FactReader -> BulkLoader (RebuildFold, AsyncFoldWriter) -> shadow tables
 *          indexes recreated, meanwhile TableComparison with the serving tables
 * VERIFY:  shadow tables dropped
 * REBUILD: TableSwap -> CatchUpFold folds the facts since then -> lock, fold the last ones, swap
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.projection.rebuild;

import org.jspecify.annotations.NullMarked;
