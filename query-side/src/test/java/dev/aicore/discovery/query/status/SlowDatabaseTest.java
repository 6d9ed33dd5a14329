package dev.aicore.discovery.query.status;

import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static dev.aicore.discovery.query.testing.ApiClient.problem;

import dev.aicore.discovery.query.testing.QueryFixture;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reads from a database that doesn't answer within the timeout of queries. */
@Tag("integration")
class SlowDatabaseTest {

    @RegisterExtension
    static final QueryFixture registry = QueryFixture.with("--service-discovery.database.postgres.query-timeout=1s");

    @Test
    void slowStatement_returns503_untilTheDatabaseAnswers() throws Exception {
        var client = registry.client();
        try (var connection = registry.postgres().pool().getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE models.instances IN ACCESS EXCLUSIVE MODE");

            problem(client, "/api/v1/discover?service_name=web", 503, "store_unavailable");

            connection.rollback();
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> ok(client, "/api/v1/discover?service_name=web"));
    }
}
