package dev.aicore.discovery.server.support;

import dev.aicore.discovery.api.status.NodeInfo;
import dev.aicore.discovery.config.settings.SettingsListing;
import dev.aicore.discovery.config.telemetry.PrometheusExporter;
import dev.aicore.discovery.config.time.TimeSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import reactor.core.scheduler.Schedulers;

/** Configures the diagnostics of this process; present in every process. */
@Configuration(proxyBeanMethods = false)
public class DiagnosticsConfiguration {

    private static final int MAX_WAITING = 2;
    private static final long IDLE_SECONDS = 10;

    @Bean
    DiagnosticsAssembler diagnosticsAssembler(
            NodeInfo nodeInfo,
            ConfigurableEnvironment environment,
            ObjectProvider<PrometheusExporter> metrics,
            DataSource database,
            ObjectProvider<RecentLogAppender> log) {
        return new DiagnosticsAssembler(
                nodeInfo,
                new SettingsListing(environment),
                metrics.getIfAvailable(),
                database,
                log.getIfAvailable(RecentLogAppender::attach));
    }

    @Bean(destroyMethod = "shutdown")
    ExecutorService diagnosticsExecutor() {
        var executor = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_WAITING),
                Thread.ofPlatform().daemon().name("diagnostics").factory());
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    @Bean
    DiagnosticsController diagnosticsController(
            DiagnosticsAssembler assembler, TimeSource time, ExecutorService diagnosticsExecutor) {
        return new DiagnosticsController(assembler, time, Schedulers.fromExecutorService(diagnosticsExecutor));
    }
}
