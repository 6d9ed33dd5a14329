package dev.aicore.discovery.projection.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.aicore.discovery.projection.ReadModelMigration;
import dev.aicore.discovery.projection.configuration.ConfigurationProjection;
import dev.aicore.discovery.projection.history.AuditProjection;
import dev.aicore.discovery.projection.instance.InstanceProjection;
import dev.aicore.discovery.projection.processing.ReadModel;
import dev.aicore.discovery.projection.processing.RebuildFold;
import dev.aicore.discovery.projection.processing.RecordedFact;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Runs the folds of all read models for the shadow tables while the serving tables don't exist: PostgreSQL rejects a
 * statement that names a serving table.
 */
@Tag("integration")
class ShadowSchemaTest extends RebuildFixture {

    private static final int FACTS = 120;

    private static final List<ReadModel> MODELS =
            List.of(InstanceProjection.model(), AuditProjection.model(), ConfigurationProjection.model());

    private ReadModelStoreFixture store;
    private List<RecordedFact> facts;

    @BeforeEach
    void appendFactsAndDropServingTables() throws Exception {
        store = new ReadModelStoreFixture(POSTGRES);
        appendRandomFacts(store, FACTS);
        try (var factReader = new FactReader(store.access, 0, store.head(), 1_000, () -> false)) {
            facts = factReader.next();
        }
        dropShadowTables();
        new ReadModelMigration(POSTGRES.pool(), ShadowTableRows.SCHEMA).migrate();
        POSTGRES.execute("DROP SCHEMA models CASCADE");
    }

    @AfterEach
    void dropShadowTables() {
        POSTGRES.execute("DROP SCHEMA IF EXISTS " + ShadowTableRows.SCHEMA + " CASCADE");
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void liveFolds_useShadowTablesOnly() {
        inTransaction(connection -> {
            for (var model : MODELS) {
                // In two parts, so that the second one finds and ends rows of the first.
                for (var part : halves(model.select(facts))) {
                    model.bisectingFold(ShadowTableRows.SCHEMA).fold(connection, part);
                }
            }
        });
        assertShadowTablesFilled();
        assertThat(store.texts("SELECT projection FROM models_next.parked_facts"))
                .isEmpty();
    }

    @Test
    void unfoldableFacts_areParkedInShadowTable() {
        var model = InstanceProjection.model();
        var failing = new ReadModel(
                model.name(),
                model.tables(),
                schema -> failingFor("i-3", model.fold().apply(schema)),
                model.build(),
                model.takes());
        var fold = failing.bisectingFold(ShadowTableRows.SCHEMA);
        inTransaction(connection -> {
            for (var part : halves(failing.select(facts))) {
                fold.fold(connection, part);
            }
            assertThat(fold.waiting(connection)).containsExactly("i-3");
        });
        assertThat(store.texts("SELECT DISTINCT instance_id FROM models_next.parked_facts"))
                .containsExactly("i-3");
    }

    @Test
    void rebuildFolds_useShadowTablesOnly() {
        inTransaction(connection -> {
            for (var model : MODELS) {
                var fold = model.build().apply(ShadowTableRows.SCHEMA);
                for (var part : halves(model.select(facts))) {
                    fold(connection, fold, part);
                    fold.clearCache();
                }
                fold.end(connection);
            }
        });
        assertShadowTablesFilled();
    }

    private static void fold(Connection connection, RebuildFold fold, List<RecordedFact> part) throws SQLException {
        if (!fold.isCached(part)) {
            fold.read(connection, part);
        }
        fold.accept(part).to(connection);
        fold.flush().to(connection);
    }

    private void assertShadowTablesFilled() {
        for (var model : MODELS) {
            for (var table : model.tables()) {
                assertThat(store.texts("SELECT count(*) FROM " + table.table().in(ShadowTableRows.SCHEMA)))
                        .as(table.name())
                        .doesNotContain("0");
            }
        }
    }

    private static List<List<RecordedFact>> halves(List<RecordedFact> all) {
        int middle = all.size() / 2;
        return List.of(all.subList(0, middle), all.subList(middle, all.size()));
    }

    @FunctionalInterface
    private interface Work {
        void run(Connection connection) throws SQLException;
    }

    /** Asserts that PostgreSQL rejects no statement of the work. */
    private static void inTransaction(Work work) {
        assertThatCode(() -> {
                    try (var connection = POSTGRES.pool().getConnection()) {
                        connection.setAutoCommit(false);
                        work.run(connection);
                        connection.commit();
                    }
                })
                .doesNotThrowAnyException();
    }
}
