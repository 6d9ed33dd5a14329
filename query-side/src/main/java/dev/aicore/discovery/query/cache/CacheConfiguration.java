package dev.aicore.discovery.query.cache;

import dev.aicore.discovery.api.status.RegistryStatusView.Check;
import dev.aicore.discovery.config.settings.DiscoverySettings;
import dev.aicore.discovery.config.settings.HealthCheckSettings;
import dev.aicore.discovery.config.settings.HeapShare;
import dev.aicore.discovery.config.status.ReadinessIndicator;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.readmodel.cache.RedisConfiguration;
import dev.aicore.discovery.readmodel.cache.RedisConnections;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.StoreCircuitBreaker;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.ReactiveRedisConnection;
import reactor.core.publisher.Mono;

/** Configures the Redis service cache, if Redis is configured, and its readiness check. */
@Configuration(proxyBeanMethods = false)
@Import(RedisConfiguration.class)
public class CacheConfiguration {

    private static final String REDIS = "redis";

    /**
     * Characters of all cached document texts. A document has about 600 characters per instance; the parsed document
     * takes about as much memory again.
     */
    private static final long MAX_CHARACTERS_READ =
            Math.min(16L << 20, HeapShare.ofPercent(2).toBytes());

    @Bean
    StoreCircuitBreaker redisCircuitBreaker() {
        return new StoreCircuitBreaker(REDIS, failure -> true);
    }

    @Bean
    SharedServiceCache serviceCache(
            ObjectProvider<RedisConnections> connections,
            DiscoverySettings discovery,
            HealthCheckSettings checks,
            Database database,
            @Qualifier("redisCircuitBreaker") StoreCircuitBreaker storeCircuitBreaker,
            TimeSource time) {
        var redis = connections.getIfAvailable();
        return redis == null || !discovery.enableCaching()
                ? SharedServiceCache.NONE
                : new RedisServiceCache(
                        redis.reading(),
                        redis.keys(),
                        new StoreStateCache(new StoreStateReader(database), time),
                        storeCircuitBreaker,
                        discovery.cacheTtl(),
                        new DocumentCache(MAX_CHARACTERS_READ, checks.renewLeases()),
                        time);
    }

    /** Checks Redis, if it is configured. Redis isn't needed for readiness: without it answers come from PostgreSQL. */
    @Bean
    @ConditionalOnBean(RedisConnections.class)
    ReadinessIndicator redisReadinessIndicator(RedisConnections redis) {
        return new ReadinessIndicator() {
            @Override
            public Mono<Check> check() {
                return redis.reading()
                        .run(commands ->
                                commands.execute(ReactiveRedisConnection::ping).next())
                        .map(pong -> new Check(REDIS, true, "ready"))
                        .onErrorReturn(new Check(REDIS, false, "does not answer; reads use PostgreSQL"));
            }

            @Override
            public boolean isNeeded() {
                return false;
            }
        };
    }
}
