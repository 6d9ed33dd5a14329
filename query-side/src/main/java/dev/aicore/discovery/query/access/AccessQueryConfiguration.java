package dev.aicore.discovery.query.access;

import dev.aicore.discovery.access.AccessDenialCounter;
import dev.aicore.discovery.access.ApiKeyRegistry;
import dev.aicore.discovery.access.TokenIssuer;
import dev.aicore.discovery.api.status.NodeInfo;
import dev.aicore.discovery.config.settings.AuthSettings.DenialSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.consistency.AsOfResolver.StoreHorizon;
import dev.aicore.discovery.readmodel.access.DenialStore;
import dev.aicore.discovery.readmodel.database.Database;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** Configures the routes that list API keys and denials and issue tokens, and the persistence of denials. */
@Configuration(proxyBeanMethods = false)
public class AccessQueryConfiguration {

    @Bean
    ApiKeyListController apiKeyListController(ApiKeyRegistry keys, TimeSource time) {
        return new ApiKeyListController(keys, time);
    }

    @Bean
    WhoAmIController whoAmIController(NodeInfo nodeInfo, ObjectProvider<StoreHorizon> replayHorizon, TimeSource time) {
        return new WhoAmIController(nodeInfo, replayHorizon.getIfAvailable(), time);
    }

    @Bean
    TokenController tokenController(TokenIssuer tokenIssuer, TimeSource time) {
        return new TokenController(tokenIssuer, time);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    DenialFlusher denialFlusher(
            AccessDenialCounter accessDenialCounter, DenialStore denials, DenialSettings settings, TimeSource time) {
        return new DenialFlusher(accessDenialCounter, denials, settings.retention(), time, Schedulers.parallel());
    }

    @Bean
    DenialsController denialsController(Database database, TimeSource time) {
        return new DenialsController(new DenialsReader(database), time);
    }
}
