/**
 * Receives the reports of callers about their calls to instances. {@link
 * dev.aicore.discovery.command.circuit.CallReportController} turns a report into a command; the instance's shard counts
 * it in the call window and decides the state of the circuit breaker.
 * <pre>{@code
 * POST /api/v1/services/{id}/outcomes -> ReportCalls -> CommandGateway -> shard -> state of the breaker
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.command.circuit;

import org.jspecify.annotations.NullMarked;
