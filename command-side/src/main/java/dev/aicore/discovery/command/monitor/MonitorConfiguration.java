package dev.aicore.discovery.command.monitor;

import dev.aicore.discovery.command.collector.Intake;
import dev.aicore.discovery.command.idempotency.Once;
import dev.aicore.discovery.command.probe.Prober;
import dev.aicore.discovery.command.probe.Probers;
import dev.aicore.discovery.config.eventstore.AppendLane;
import dev.aicore.discovery.config.eventstore.AppendListener;
import dev.aicore.discovery.config.eventstore.DeposedException;
import dev.aicore.discovery.config.metrics.HealthCheckCounts;
import dev.aicore.discovery.config.outbound.Outbound;
import dev.aicore.discovery.config.settings.HealthCheckSettings;
import dev.aicore.discovery.config.time.TimeSource;
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

/** Active health checks, from the wheel to the routes. Whoever imports it has an {@link Intake}. */
@Configuration(proxyBeanMethods = false)
@Import(OutboundConfiguration.class)
public class MonitorConfiguration {

    @Bean
    Schedule checkSchedule(HealthCheckSettings settings, RandomGenerator random, TimeSource time) {
        return new Schedule(settings.mostAtOnce(), random, time.nanos());
    }

    @Bean
    Questions checkQuestions(Intake intake) {
        return new Questions(intake.shards(), intake::find);
    }

    @Bean
    LastMinute lastMinuteOfChecks(TimeSource time) {
        return new LastMinute(time.nanos());
    }

    @Bean
    CheckMeters checkMeters(MeterRegistry registry, HealthCheckCounts counts, Schedule schedule) {
        return new CheckMeters(registry, counts, schedule);
    }

    @Bean(destroyMethod = "dispose")
    Scheduler checkTimer() {
        return Schedulers.newSingle("health-check-timeouts", true);
    }

    @Bean
    Prober prober(Outbound outbound, HealthCheckSettings settings, TimeSource time, Scheduler checkTimer) {
        return new Probers(outbound, settings, time, checkTimer);
    }

    @Bean(destroyMethod = "close")
    Monitor monitor(
            Schedule schedule,
            Questions questions,
            Prober prober,
            HealthCheckSettings settings,
            Intake intake,
            CheckMeters meters,
            LastMinute lastMinute,
            TimeSource time) {
        var results = new Results(intake::record, intake::now, settings.renewLeases());
        return new Monitor(schedule, questions, prober, results, meters, lastMinute, time);
    }

    /** By then the server listens. A node that has lost the store to another leaves the checks to that one. */
    @Bean
    ApplicationListener<ContextRefreshedEvent> checksBegin(
            Monitor monitor,
            Schedule schedule,
            Questions questions,
            Intake intake,
            ObjectProvider<AppendLane> lane,
            HealthCheckSettings settings,
            TimeSource time) {
        return refreshed -> {
            if (settings.enabled()) {
                intake.follow(new Targets(schedule, questions, time, monitor::wake));
                lane.ifAvailable(store -> store.addListener(new AppendListener() {
                    @Override
                    public void onDeposed(DeposedException reason) {
                        monitor.close();
                    }
                }));
                monitor.start();
            }
        };
    }

    @Bean
    CheckController checkController(Intake intake, Monitor monitor, HealthCheckSettings settings) {
        return new CheckController(new CheckNow(intake, monitor, settings.enabled()));
    }

    @Bean
    MonitoringController monitoringController(Intake intake, Once once, HealthCheckSettings settings) {
        return new MonitoringController(intake, once, settings.enabled());
    }

    @Bean
    StatsController checkStatsController(
            HealthCheckSettings settings,
            Schedule schedule,
            LastMinute lastMinute,
            CheckMeters meters,
            TimeSource time) {
        return new StatsController(new CheckStats(settings, schedule, lastMinute, meters, time), time);
    }
}
