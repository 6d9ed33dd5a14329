package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.config.testing.TestPostgres;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresShardLoadTest extends ShardLoadContract {

    @RegisterExtension
    static final TestPostgres postgres = new TestPostgres();

    @Override
    TestStore open() {
        return TestStore.fresh(postgres);
    }
}
