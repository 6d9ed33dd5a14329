/**
 * Measures the cost of writes from the request to the answer: the command side on its own PostgreSQL, in this process.
 * {@link WritesBench} runs the scenarios; {@link WriteRound} compares the {@link ResourceUsage} before and after a
 * round.
 *
 * <pre>{@code
 * WritesBench -> WriteScenario -> InProcessRegistry -> ClosedLoop or OpenLoop -> ObservationSink -> CommandGateway
 *                              -> WriteRound -> WriteSummary -> WriteReportRow
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.bench.writes;

import org.jspecify.annotations.NullMarked;
