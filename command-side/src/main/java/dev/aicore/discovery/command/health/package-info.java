/**
 * Schedules the active health checks of instances, records their results, and receives the reports of callers about
 * their calls. The target tracker follows the outcomes of the shards and keeps the scheduler's instances up to date.
 * The loop begins due checks, and sends each result to the instance's shard, which decides the health. One node
 * checks: the writer. {@link CallReportController} turns a report into a command; the shard decides the state of the
 * circuit breaker.
 * <pre>{@code
 * shards --outcomes--> TargetTracker --> CheckScheduler (wheel -> ready -> under way)
 *    ^                     | unknown          | due          ^ end
 *    |            MonitoringLookupQueue       v              |
 *    +---- CheckResultRecorder <------ HealthCheckLoop -> Prober
 *
 * POST /api/v1/services/{id}/outcomes -> ReportCalls -> CommandGateway -> shard -> state of the breaker
 * POST /api/v1/outcomes ---------------------^
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.command.health;

import org.jspecify.annotations.NullMarked;
