/**
 * Runs the benchmarks: {@link Bench} starts one by its name, as {@code ./registry bench} does. Each benchmark has its
 * own package; {@code rig} and {@code load} are shared.
 *
 * <pre>{@code
 * Bench -> discover, health, history (registry in its own process, over HTTP)
 *       -> writes, store             (command side or event store in this process)
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.bench;

import org.jspecify.annotations.NullMarked;
