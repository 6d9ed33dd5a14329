package dev.aicore.discovery.projection;

import dev.aicore.discovery.eventstore.StoreMigration;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Creates the tables of the read models. Used by every process that writes or reads them: the first process to start
 * migrates, and the others wait for it.
 */
@Configuration(proxyBeanMethods = false)
public class ReadModelConfiguration {

    @Bean
    ReadModelMigration readModelMigration(DataSource database, StoreMigration migrated) {
        var migration = new ReadModelMigration(database);
        migration.migrate();
        return migration;
    }
}
