package dev.aicore.discovery.command.restore;

import dev.aicore.discovery.command.collector.Intake;
import dev.aicore.discovery.command.idempotency.Once;
import dev.aicore.discovery.config.time.TimeSource;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The route that restores services. */
@Configuration(proxyBeanMethods = false)
public class RestoreConfiguration {

    @Bean(destroyMethod = "close")
    PastServices pastServices(DataSource database, TimeSource time) {
        return new PastServices(new PastServiceReader(database), time);
    }

    @Bean
    RestoreController restoreController(PastServices past, Intake intake, Once once, TimeSource time) {
        return new RestoreController(past, intake, once, time);
    }
}
