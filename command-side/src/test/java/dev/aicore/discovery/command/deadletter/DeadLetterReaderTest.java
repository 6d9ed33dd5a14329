package dev.aicore.discovery.command.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.command.batching.InMemoryCommandGateway;
import dev.aicore.discovery.command.deadletter.DeadLetterReader.DeadLetterRecord;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.config.time.ManualTimeSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class DeadLetterReaderTest {

    @RegisterExtension
    static final TestPostgres POSTGRES = new TestPostgres();

    private final DeadLetterReader reader = new DeadLetterReader(POSTGRES.pool());

    @BeforeEach
    void createTables() {
        POSTGRES.execute(
                "DROP SCHEMA IF EXISTS store CASCADE",
                "DROP SCHEMA IF EXISTS models CASCADE",
                "CREATE SCHEMA store",
                "CREATE SCHEMA models",
                "CREATE TABLE store.facts (position bigint, type text)",
                "CREATE TABLE models.parked_facts (projection text, position bigint, instance_id text, error text)");
    }

    @Test
    void factParkedByTwoModels_isOneDeadLetter() {
        POSTGRES.execute(
                "INSERT INTO store.facts VALUES (7, 'InstanceUpdated'), (8, 'InstanceUpdated')",
                "INSERT INTO models.parked_facts VALUES ('instances', 7, 'web-1', 'second'), ('audit', 7, 'web-1', 'first'),"
                        + " ('audit', 8, 'web-2', 'other')");

        assertThat(reader.at(7))
                .hasValue(new DeadLetterRecord("InstanceUpdated", "web-1", List.of("audit", "instances"), "first"));
        assertThat(reader.at(9)).isEmpty();
    }

    @Test
    void drop_ifStatementFails_isStoreUnavailable() {
        POSTGRES.execute("DROP TABLE models.parked_facts");

        try (var service = new DeadLetterDropService(reader, InMemoryCommandGateway.on(ManualTimeSource.atNoon()))) {
            assertThatThrownBy(() -> service.drop(7, EventMetadata.ofRegistry("test"), null)
                            .join())
                    .hasCauseInstanceOf(RegistryException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            RegistryException.class,
                            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
        }
    }
}
