/**
 * Schedules the active health checks of instances and records their results. The target tracker follows the outcomes of
 * the shards and keeps the scheduler's instances up to date. The loop begins due checks, and sends each result to the
 * instance's shard, which decides the health. One node checks: the writer.
 * <pre>{@code
 * shards --outcomes--> TargetTracker --> CheckScheduler (wheel -> ready -> under way)
 *    ^                     | unknown          | due          ^ end
 *    |            MonitoringLookupQueue       v              |
 *    +---- CheckResultRecorder <------ HealthCheckLoop -> Prober
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.command.monitor;

import org.jspecify.annotations.NullMarked;
