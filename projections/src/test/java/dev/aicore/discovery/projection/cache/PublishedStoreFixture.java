package dev.aicore.discovery.projection.cache;

import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.config.testing.TestRedis;
import dev.aicore.discovery.config.time.IdGenerator;
import dev.aicore.discovery.config.time.TimeSource.SystemTimeSource;
import dev.aicore.discovery.projection.ProjectionRuntime;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import dev.aicore.discovery.readmodel.cache.RedisConnections;
import java.time.Duration;
import java.util.Random;

/** Store with running projections, whose services are published in a real Redis. */
final class PublishedStoreFixture implements AutoCloseable {

    final ReadModelStoreFixture store;
    final ChangedServiceQueue changed;
    final ReadModelStoreFixture.Running running;
    private final RedisConnections redis;
    private final ChangePublication changePublication;

    /** @param refresh interval of comparisons between documents and tables */
    PublishedStoreFixture(TestPostgres postgres, TestRedis redis, Duration refresh) {
        this(postgres, redis, refresh, ChangedServiceQueue.MAX_SERVICES);
    }

    PublishedStoreFixture(TestPostgres postgres, TestRedis redis, Duration refresh, int mostChanged) {
        this.store = new ReadModelStoreFixture(postgres);
        this.changed = new ChangedServiceQueue(mostChanged);
        this.running = store.run(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds(), changed);
        this.redis = new RedisConnections(redis.settings());
        this.changePublication = ChangePublication.toRedis(
                changed,
                running.projectionRuntime.watermarks(),
                postgres.pool(),
                this.redis,
                refresh,
                new SystemTimeSource(),
                IdGenerator.random(),
                new Random(1),
                () -> true);
        changePublication.start();
    }

    @Override
    public void close() {
        changePublication.close();
        redis.close();
        running.close();
        store.close();
    }
}
