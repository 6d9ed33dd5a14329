package dev.aicore.discovery.query.discovery.counts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.query.testing.ManualScheduler;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.StandingTimeConfiguration;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.discovery.DiscoveryCountRows;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class DiscoveryCountFlusherTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration RETENTION = Duration.ofDays(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture(StandingTimeConfiguration.class);

    private final ManualTimeSource time = ManualTimeSource.atNoon();
    private final ManualScheduler scheduler = new ManualScheduler();
    private final DiscoveryCounter counter = new DiscoveryCounter(time, 100, 1_000_000);
    private final DiscoveryCountFlusher flusher = new DiscoveryCountFlusher(
            counter,
            new DiscoveryCountRows(registry.server().bean(Database.class), "node"),
            RETENTION,
            time,
            scheduler);

    @Test
    void flush_writesCompletedMinutesOnce() {
        count("ann", 3);
        count("ann", 4);
        time.pass(MINUTE);
        count("bob", 5);
        time.pass(MINUTE);
        count("eve", 6);

        flusher.flush().block(PATIENCE);
        assertThat(stored()).containsExactly("12:00 ann web 2 3 4", "12:01 bob web 1 5 5");

        registry.postgres().execute("TRUNCATE models.discoveries");
        flusher.flush().block(PATIENCE);
        assertThat(stored()).as("the minutes were written before").isEmpty();
    }

    @Test
    void flush_afterFailedWrite_repeatsIt() {
        count("ann", 3);
        time.pass(MINUTE);
        registry.postgres().execute("ALTER TABLE models.discoveries RENAME TO hidden_discoveries");
        flusher.flush().block(PATIENCE);
        registry.postgres().execute("ALTER TABLE models.hidden_discoveries RENAME TO discoveries");
        assertThat(stored()).isEmpty();

        flusher.flush().block(PATIENCE);
        assertThat(stored()).containsExactly("12:00 ann web 1 3 3");
    }

    @Test
    void close_writesCurrentMinute() {
        count("ann", 3);

        flusher.close();

        assertThat(stored()).containsExactly("12:00 ann web 1 3 3");
    }

    @Test
    void startedFlusher_writesMinutesAndDeletesOldOnes() {
        registry.postgres().execute("""
                INSERT INTO models.discoveries
                    (minute, answers, first_position, last_position, service, principal, node)
                SELECT '2020-01-01T00:00:00Z', 1, 1, 1, 'web', 'p-' || number, 'node'
                FROM generate_series(1, 10002) number
                """);
        count("ann", 3);
        time.pass(MINUTE);
        flusher.start();

        scheduler.advance(DiscoveryCountFlusher.FLUSH_INTERVAL);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(stored()).containsExactly("12:00 ann web 1 3 3"));
        flusher.close();
    }

    private void count(String principal, long position) {
        counter.count(new Caller(principal, "viewer", "10.0.0.9", "rest", "req-1", null), "web", position);
    }

    private static List<String> stored() {
        return registry.postgres().texts("""
                SELECT concat_ws(' ', to_char(minute AT TIME ZONE 'UTC', 'HH24:MI'), principal, service, answers,
                    first_position, last_position)
                FROM models.discoveries ORDER BY minute, principal
                """);
    }
}
