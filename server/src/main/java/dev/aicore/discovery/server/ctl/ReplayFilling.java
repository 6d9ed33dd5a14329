package dev.aicore.discovery.server.ctl;

import dev.aicore.discovery.projection.ModelMigration;
import dev.aicore.discovery.projection.bundle.Bundle;
import dev.aicore.discovery.projection.bundle.Import;
import java.io.IOException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Fills the database before its projections begin. */
@Configuration(proxyBeanMethods = false)
class ReplayFilling {

    @Bean
    SmartInitializingSingleton filled(DataSource database, ModelMigration migrated, Bundle bundle)
            throws SQLException, IOException {
        Import.fill(database, bundle);
        return () -> {};
    }
}
