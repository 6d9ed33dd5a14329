package dev.aicore.discovery.projection.cache;

import dev.aicore.discovery.config.redis.RedisConnections;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.config.testing.TestRedis;
import dev.aicore.discovery.config.time.Ids;
import dev.aicore.discovery.config.time.SystemTime;
import dev.aicore.discovery.projection.Projections;
import dev.aicore.discovery.projection.testing.ModelStore;
import java.time.Duration;
import java.util.Random;

/** A store whose projections run, and whose services are published in a real Redis. */
final class CachedStore implements AutoCloseable {

    final ModelStore store;
    final ChangedServices changed;
    final ModelStore.Running running;
    private final RedisConnections redis;
    private final Publication publication;

    /** @param refresh how often documents and tables are compared */
    CachedStore(TestPostgres postgres, TestRedis redis, Duration refresh) {
        this(postgres, redis, refresh, ChangedServices.MOST);
    }

    CachedStore(TestPostgres postgres, TestRedis redis, Duration refresh, int mostChanged) {
        this.store = new ModelStore(postgres);
        this.changed = new ChangedServices(mostChanged);
        this.running = store.run(ModelStore.SETTINGS, Projections.folds(), changed);
        this.redis = new RedisConnections(redis.settings());
        this.publication = Publication.toRedis(
                changed,
                running.projections.watermarks(),
                postgres.pool(),
                this.redis,
                refresh,
                new SystemTime(),
                Ids.random(),
                new Random(1));
        publication.start();
    }

    @Override
    public void close() {
        publication.close();
        redis.close();
        running.close();
        store.close();
    }
}
