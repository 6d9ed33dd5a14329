package dev.aicore.discovery.command.readmodel;

import dev.aicore.discovery.command.collector.Intake;
import dev.aicore.discovery.command.idempotency.Once;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The route that gives up what read models couldn't fold. */
@Configuration(proxyBeanMethods = false)
public class ReadModelConfiguration {

    @Bean(destroyMethod = "close")
    DeadLetterDesk deadLetterDesk(DataSource database, Intake intake) {
        return new DeadLetterDesk(new ParkedReader(database), intake);
    }

    @Bean
    DropController dropController(DeadLetterDesk desk, Once once) {
        return new DropController(desk, once);
    }
}
