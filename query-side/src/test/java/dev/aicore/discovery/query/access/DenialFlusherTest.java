package dev.aicore.discovery.query.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.access.DenialCounterFixture;
import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.query.testing.ManualScheduler;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.StandingTimeConfiguration;
import dev.aicore.discovery.readmodel.access.DenialRows;
import dev.aicore.discovery.readmodel.database.Database;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class DenialFlusherTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration RETENTION = Duration.ofDays(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture(StandingTimeConfiguration.class);

    private final ManualTimeSource time = ManualTimeSource.atNoon();
    private final ManualScheduler scheduler = new ManualScheduler();
    private final DenialCounterFixture denials = new DenialCounterFixture(time);
    private final DenialFlusher denialFlusher = new DenialFlusher(
            denials.counter(),
            new DenialRows(registry.server().bean(Database.class), "node"),
            RETENTION,
            time,
            scheduler);

    @Test
    void flush_writesCompletedMinutesOnce() {
        denials.deny("ann");
        denials.deny("ann");
        time.pass(MINUTE);
        denials.deny("bob");
        time.pass(MINUTE);
        denials.deny("eve");

        denialFlusher.flush().block(PATIENCE);
        assertThat(stored()).containsExactly("12:00 ann GET /api/v1/services forbidden 2", line("12:01 bob"));

        registry.postgres().execute("TRUNCATE models.denials");
        denialFlusher.flush().block(PATIENCE);
        assertThat(stored()).as("the minutes were written before").isEmpty();
    }

    @Test
    void flush_afterFailedWrite_repeatsIt() {
        denials.deny("ann");
        time.pass(MINUTE);
        registry.postgres().execute("ALTER TABLE models.denials RENAME TO hidden_denials");
        denialFlusher.flush().block(PATIENCE);
        registry.postgres().execute("ALTER TABLE models.hidden_denials RENAME TO denials");
        assertThat(stored()).isEmpty();

        denialFlusher.flush().block(PATIENCE);
        assertThat(stored()).containsExactly(line("12:00 ann"));
    }

    @Test
    void close_writesCurrentMinute() {
        denials.deny("ann");

        denialFlusher.close();

        assertThat(stored()).containsExactly(line("12:00 ann"));
    }

    @Test
    void startedFlusher_writesMinutesAndDeletesOldOnes() {
        denials.deny("old");
        time.pass(MINUTE);
        denialFlusher.flush().block(PATIENCE);
        time.pass(RETENTION);
        denials.deny("ann");
        time.pass(MINUTE);
        denialFlusher.start();

        scheduler.advance(DenialFlusher.FLUSH_INTERVAL);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(stored()).containsExactly(line("12:01 ann")));
        denialFlusher.close();
    }

    private static String line(String minuteAndPrincipal) {
        return minuteAndPrincipal + " " + DenialCounterFixture.ROUTE + " forbidden 1";
    }

    private static List<String> stored() {
        return registry.postgres().texts("""
                SELECT concat_ws(' ', to_char(minute AT TIME ZONE 'UTC', 'HH24:MI'), who, route, code, denied)
                FROM models.denials ORDER BY minute, who
                """);
    }
}
