/**
 * Supervises embedded servers that run as child processes: starts, restarts with back-off, and a clean stop.
 * {@link Supervisor} watches a {@link ServerProcess}; the packages {@code postgres} and {@code redis} implement it.
 *
 * <pre>{@code
 * Supervisor -> awaitEnd -> RestartBackOff (100 ms to 10 s) -> launcher -> awaitReady
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.embedded.process;

import org.jspecify.annotations.NullMarked;
