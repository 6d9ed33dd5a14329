package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.config.telemetry.TraceRecorder;
import dev.aicore.discovery.config.time.TimeSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the feed of this process's own appends. */
@Configuration(proxyBeanMethods = false)
public class LiveConfiguration {

    private static final int MAX_FACTS = 20_000;
    private static final long MAX_BYTES = 8_000_000;

    @Bean
    RecentFactBuffer recentFactBuffer() {
        return new RecentFactBuffer(MAX_FACTS, MAX_BYTES);
    }

    /**
     * The writer's lease is confirmed three times per lease; the feed stays live for half a lease after a confirmation.
     */
    @Bean(initMethod = "start", destroyMethod = "close")
    LiveFactFeed liveFactFeed(
            RecentFactBuffer recent,
            TimeSource time,
            ObjectProvider<EventStoreSettings> settings,
            ObjectProvider<TraceRecorder> tracing) {
        var lease = settings.getIfAvailable(EventStoreSettings::defaults).lease();
        var live = new LiveFactFeed(recent, time, lease.dividedBy(2));
        tracing.ifAvailable(live::traceWith);
        return live;
    }
}
