package dev.aicore.discovery.query.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.access.AccessDenialsView.AccessDenial;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.ReadModelRows;
import dev.aicore.discovery.query.testing.StandingTimeConfiguration;
import dev.aicore.discovery.readmodel.access.DenialRows;
import dev.aicore.discovery.readmodel.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

@Tag("integration")
class DenialRowsTest {

    private static final Instant NOON = ReadModelRows.AT;
    private static final Duration RETENTION = Duration.ofDays(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String RECORD_DELETIONS = """
            CREATE TABLE deletions (size bigint);
            CREATE FUNCTION record_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN INSERT INTO public.deletions SELECT count(*) FROM gone; RETURN NULL; END $$;
            CREATE TRIGGER record_deletion AFTER DELETE ON models.denials REFERENCING OLD TABLE AS gone
            FOR EACH STATEMENT EXECUTE FUNCTION record_deletion()
            """;

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture(StandingTimeConfiguration.class);

    private final Database database = registry.server().bean(Database.class);
    private final DenialRows one = new DenialRows(database, "one");
    private final DenialRows other = new DenialRows(database, "other");

    @Test
    void minutes_ofAllNodes_areSummed() {
        run(one.add(List.of(denial(NOON, "ann", 3), denial(NOON, "bob", 1))));
        run(other.add(List.of(denial(NOON, "ann", 4))));
        run(one.add(List.of(denial(NOON.plusSeconds(60), "ann", 5))));

        assertThat(stored())
                .containsExactly(
                        denial(NOON.plusSeconds(60), "ann", 5), denial(NOON, "ann", 7), denial(NOON, "bob", 1));
    }

    @Test
    void repeatedMinute_isStoredOnce() {
        var minute = List.of(denial(NOON, "ann", 3));
        run(one.add(minute));
        run(one.add(minute));

        assertThat(stored()).containsExactlyElementsOf(minute);
    }

    @Test
    void rows_olderThanRetention_areDeleted() {
        run(one.add(List.of(denial(NOON.minusSeconds(60), "ann", 1))));
        run(one.add(List.of(denial(NOON, "ann", 2))));

        run(one.deleteOlder(NOON.plus(RETENTION), RETENTION));

        assertThat(stored()).containsExactly(denial(NOON, "ann", 2));
    }

    @Test
    void deletion_ofManyRows_takesSeveralStatements() {
        registry.postgres().execute("""
                INSERT INTO models.denials (minute, denied, node, who, route, code)
                SELECT '2026-11-23T11:59:00Z', 1, 'one', 'p-' || number, 'none', 'forbidden'
                FROM generate_series(1, 20002) number
                """);
        registry.postgres().execute(RECORD_DELETIONS);
        try {
            run(one.deleteOlder(NOON, Duration.ZERO));
            assertThat(stored()).isEmpty();
            assertThat(registry.postgres().texts("SELECT size::text FROM deletions ORDER BY deletions.size DESC"))
                    .containsExactly("10000", "10000", "2");
        } finally {
            registry.postgres().execute("DROP TRIGGER record_deletion ON models.denials; DROP TABLE deletions");
        }
    }

    private List<AccessDenial> stored() {
        var page = new DenialsReader(database).page(Instant.EPOCH, NOON.plus(RETENTION), DenialCursor.START, 100);
        return Objects.requireNonNull(page.block(PATIENCE));
    }

    private static void run(Mono<Void> write) {
        write.block(PATIENCE);
    }

    private static AccessDenial denial(Instant minute, String who, long count) {
        return new AccessDenial(minute, who, "GET /api/v1/services", "forbidden", count);
    }
}
