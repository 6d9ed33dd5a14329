package dev.aicore.discovery.query.cache;

import static dev.aicore.discovery.query.testing.ApiClient.ids;
import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.query.testing.CacheDocumentFixture;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.SampleInstance;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class CacheDisabledTest {

    @RegisterExtension
    static final QueryFixture registry =
            QueryFixture.withRedis("--service-discovery.registry.discovery.enable-caching=false");

    @Test
    void discover_withCachingDisabled_readsPostgres() {
        var cacheDocumentFixture = new CacheDocumentFixture(registry);
        cacheDocumentFixture.store();
        registry.rows().instance(SampleInstance.of("web", "in-postgres"), 10);
        cacheDocumentFixture.put(
                "web", CacheDocumentFixture.STORE, 15, Duration.ZERO, SampleInstance.of("web", "in-redis"));

        for (int i = 0; i < 20; i++) {
            assertThat(ids(ok(registry.client(), "/api/v1/discover?service_name=web")))
                    .containsExactly("in-postgres");
        }
    }
}
