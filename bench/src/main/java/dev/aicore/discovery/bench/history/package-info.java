/**
 * Measures queries of the past, rebuilds and verifications with a long history.
 *
 * <pre>{@code
 * HistorySeeder (command side) -> store -> RegistryProcess -> SequentialRequestTimer, ReadModelClient, LineResponse
 *                                                          -> HistoryMeasurement
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.bench.history;

import org.jspecify.annotations.NullMarked;
