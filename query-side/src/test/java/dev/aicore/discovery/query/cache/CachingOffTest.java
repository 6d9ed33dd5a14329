package dev.aicore.discovery.query.cache;

import static dev.aicore.discovery.query.testing.Answers.ids;
import static dev.aicore.discovery.query.testing.Answers.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.query.testing.Documents;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.Sample;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class CachingOffTest {

    @RegisterExtension
    static final QueryFixture registry =
            QueryFixture.withRedis("--service-discovery.registry.discovery.enable-caching=false");

    @Test
    void everyAnswerComesFromPostgres() {
        var documents = new Documents(registry);
        documents.store();
        registry.rows().instance(Sample.of("web", "in-postgres"), 10);
        documents.put("web", Documents.STORE, 15, Duration.ZERO, Sample.of("web", "in-redis"));

        for (int i = 0; i < 20; i++) {
            assertThat(ids(ok(registry.client(), "/api/v1/discover?service_name=web")))
                    .containsExactly("in-postgres");
        }
    }
}
