package dev.aicore.discovery.command.health;

import dev.aicore.discovery.command.batching.CommandGateway;
import dev.aicore.discovery.command.idempotency.IdempotentExecutor;
import dev.aicore.discovery.config.settings.HealthCheckSettings;
import dev.aicore.discovery.config.telemetry.HealthCheckCounters;
import dev.aicore.discovery.config.telemetry.TraceRecorder;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.healthchecks.outbound.OutboundClients;
import dev.aicore.discovery.healthchecks.probe.DispatchingProber;
import dev.aicore.discovery.healthchecks.probe.Prober;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ContextRefreshedEvent;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Configures active health checks, from the scheduler to the routes, and the route for call reports. Requires a
 * {@link CommandGateway}.
 */
@Configuration(proxyBeanMethods = false)
@Import(OutboundConfiguration.class)
public class HealthCheckConfiguration {

    @Bean
    CheckScheduler checkScheduler(HealthCheckSettings settings, RandomGenerator random, TimeSource time) {
        return new CheckScheduler(settings.maxConcurrentChecks(), random, time.nanos());
    }

    @Bean
    MonitoringLookupQueue monitoringLookupQueue(CommandGateway commandGateway) {
        return new MonitoringLookupQueue(commandGateway.shards(), commandGateway::find);
    }

    @Bean
    ComponentResults componentResults() {
        return new ComponentResults();
    }

    @Bean
    SlidingWindowStats slidingWindowStats(TimeSource time) {
        return new SlidingWindowStats(time.nanos());
    }

    @Bean
    CheckMetrics checkMetrics(MeterRegistry registry, HealthCheckCounters counters, CheckScheduler checkScheduler) {
        return new CheckMetrics(registry, counters, checkScheduler);
    }

    @Bean(destroyMethod = "dispose")
    Scheduler checkTimer() {
        return Schedulers.newSingle("health-check-timeouts", true);
    }

    @Bean
    Prober prober(
            OutboundClients outboundClients, HealthCheckSettings settings, TimeSource time, Scheduler checkTimer) {
        return new DispatchingProber(outboundClients, settings, time, checkTimer);
    }

    @Bean(destroyMethod = "close")
    HealthCheckLoop healthCheckLoop(
            CheckScheduler checkScheduler,
            MonitoringLookupQueue monitoringLookupQueue,
            Prober prober,
            HealthCheckSettings settings,
            CommandGateway commandGateway,
            ComponentResults componentResults,
            CheckMetrics metrics,
            SlidingWindowStats slidingWindowStats,
            TimeSource time,
            ObjectProvider<TraceRecorder> tracing) {
        var checkResultRecorder = new CheckResultRecorder(
                commandGateway::record,
                update -> commandGateway.update(update, null),
                commandGateway::now,
                settings.renewLeases());
        return new HealthCheckLoop(
                checkScheduler,
                monitoringLookupQueue,
                prober,
                checkResultRecorder,
                componentResults,
                metrics,
                slidingWindowStats,
                time,
                tracing.getIfAvailable(TraceRecorder::disabled));
    }

    /** Starts the checks after the server listens, whenever this node owns the store. */
    @Bean
    ApplicationListener<ContextRefreshedEvent> healthCheckStarter(
            HealthCheckLoop healthCheckLoop,
            CheckScheduler checkScheduler,
            MonitoringLookupQueue monitoringLookupQueue,
            CommandGateway commandGateway,
            ComponentResults componentResults,
            HealthCheckSettings settings,
            TimeSource time) {
        return refreshed -> {
            if (settings.enabled()) {
                commandGateway.addListener(new TargetTracker(
                        checkScheduler, componentResults, monitoringLookupQueue, time, healthCheckLoop::wake));
                healthCheckLoop.start();
                commandGateway.addListener(healthCheckLoop);
            }
        };
    }

    @Bean
    OnDemandCheckController onDemandCheckController(
            CommandGateway commandGateway, HealthCheckLoop healthCheckLoop, HealthCheckSettings settings) {
        return new OnDemandCheckController(new OnDemandCheck(commandGateway, healthCheckLoop, settings.enabled()));
    }

    @Bean
    MonitoringController monitoringController(
            CommandGateway commandGateway, IdempotentExecutor executor, HealthCheckSettings settings) {
        return new MonitoringController(commandGateway, executor, settings.enabled());
    }

    @Bean
    CallReportController callReportController(CommandGateway commandGateway, IdempotentExecutor executor) {
        return new CallReportController(commandGateway, executor);
    }

    @Bean
    CallReportBatchController callReportBatchController(CommandGateway commandGateway, TimeSource time) {
        return new CallReportBatchController(commandGateway, time);
    }

    @Bean
    CheckStatsController checkStatsController(
            HealthCheckSettings settings,
            CheckScheduler checkScheduler,
            SlidingWindowStats slidingWindowStats,
            CheckMetrics metrics,
            TimeSource time) {
        return new CheckStatsController(
                new CheckStats(settings, checkScheduler, slidingWindowStats, metrics, time), time);
    }
}
