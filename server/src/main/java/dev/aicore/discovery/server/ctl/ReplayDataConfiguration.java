package dev.aicore.discovery.server.ctl;

import dev.aicore.discovery.projection.ReadModelMigration;
import dev.aicore.discovery.projection.bundle.Bundle;
import dev.aicore.discovery.projection.bundle.BundleImport;
import java.io.IOException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Imports the bundle before the projections start. */
@Configuration(proxyBeanMethods = false)
class ReplayDataConfiguration {

    @Bean
    SmartInitializingSingleton bundleImporter(DataSource database, ReadModelMigration migration, Bundle bundle)
            throws SQLException, IOException {
        BundleImport.load(database, bundle);
        return () -> {};
    }
}
