/**
 * Generates load over HTTP: by wrk if it is installed, or by a built-in generator, whose open loop doesn't slow down
 * with the server. Wrk has neither an open loop nor server-sent events, and JMH measures methods, not connections.
 *
 * <pre>{@code
 * RequestCycle -> LoadGenerator (WrkGenerator, BuiltInGenerator) -> LoadRound
 * BuiltInGenerator -> GeneratorRun -> SendSchedule, LoadConnection -> HttpResponseParser
 * SseLoadGenerator   -> WatcherConnection -> SseParser -> events
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.bench.load;

import org.jspecify.annotations.NullMarked;
