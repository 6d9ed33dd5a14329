package dev.aicore.discovery.query.configuration;

import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.ReadModelRows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Configurations with several versions, and a client of their routes. */
abstract class ConfigurationRoutesFixture {

    static final String URI = "/api/v1/configurations/orders";
    static final String PRECISE = "{\"b\":1e400,\"a\":0.10,\"c\":12345678901234567890,\"d\":\"\\u0000é\"}";

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    final ReadModelRows rows = registry.rows();
    final WebTestClient client = registry.client();

    /** Creates version 1 at 10 and 2 at 20, a deletion at 30, and version 3 at 40. */
    @BeforeEach
    void createVersions() {
        rows.configuration("orders", 1, 10, "{\"pool\":{\"size\":10}}");
        rows.configuration("orders", 2, 20, PRECISE);
        rows.configuration("orders", 2, 30, null);
        rows.configuration("orders", 3, 40, "{\"pool\":{\"size\":20},\"new\":[1]}");
        rows.configuration("gone", 1, 15, "{}");
        rows.configuration("gone", 1, 25, null);
        rows.watermark("configurations", 50);
    }
}
