package dev.aicore.discovery.readmodel.counts;

import dev.aicore.discovery.config.time.IdGenerator;
import dev.aicore.discovery.readmodel.access.DenialRows;
import dev.aicore.discovery.readmodel.access.DenialStore;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.discovery.DiscoveryCountRows;
import dev.aicore.discovery.readmodel.discovery.DiscoveryCountStore;
import dev.aicore.discovery.readmodel.discovery.PickRows;
import dev.aicore.discovery.readmodel.discovery.PickStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the stores of what the query side counts, because the query side itself writes no table. */
@Configuration(proxyBeanMethods = false)
public class CountStoreConfiguration {

    @Bean
    PickStore pickStore(Database database, IdGenerator idGenerator) {
        return new PickRows(database, idGenerator.next().toString());
    }

    @Bean
    DenialStore denialStore(Database database, IdGenerator idGenerator) {
        return new DenialRows(database, idGenerator.next().toString());
    }

    @Bean
    DiscoveryCountStore discoveryCountStore(Database database, IdGenerator idGenerator) {
        return new DiscoveryCountRows(database, idGenerator.next().toString());
    }
}
