package dev.aicore.discovery.projection;

import static dev.aicore.discovery.projection.testing.InstanceFactSamples.registered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.config.settings.ProjectionSettings;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.projection.processing.BatchFold;
import dev.aicore.discovery.projection.processing.ProjectionStatus.State;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Fails the writes of one segment, as a full disk would, and lets them succeed again. */
@Tag("integration")
class LostSegmentsTest {

    @RegisterExtension
    static final TestPostgres POSTGRES = new TestPostgres();

    private static final ProjectionSettings TWO_SEGMENTS = new ProjectionSettings(
            2,
            500,
            2,
            ReadModelStoreFixture.SETTINGS.watermarkInterval(),
            ReadModelStoreFixture.SETTINGS.lastSeenInterval());

    /** Number of failures after which Axon alone would wait 16 s before the next attempt. */
    private static final int FAILURES = 5;

    private final AtomicBoolean full = new AtomicBoolean(true);
    private final AtomicInteger failures = new AtomicInteger();

    @Test
    void failingSegment_holdsWatermarkAndResumesAfterRecovery() {
        try (var store = new ReadModelStoreFixture(POSTGRES);
                var running = store.run(TWO_SEGMENTS, folds())) {
            running.awaitHead();
            long before = store.head();
            store.append(1, registered("stuck", 0));
            for (int i = 0; i < 20; i++) {
                store.append(2, registered("i-" + i, i));
            }
            store.awaitTrue(() -> POSTGRES.number("SELECT count(*) FROM models.audit") >= 5 && failures.get() > 0);
            store.awaitTrue(() -> running.status("audit").state() == State.FAILED);
            store.awaitTrue(() -> {
                // The lacking fact must not be published at any moment between two attempts.
                assertThat(running.status("audit").position()).isEqualTo(before);
                assertThat(POSTGRES.number("SELECT coalesce(max(position), 0) FROM models.watermarks"
                                + " WHERE projection = 'audit'"))
                        .isLessThanOrEqualTo(before);
                return failures.get() >= FAILURES && running.status("audit").state() == State.FAILED;
            });

            full.set(false);

            await().atMost(Duration.ofSeconds(5))
                    .until(() -> running.status("audit").position() == store.head());
            assertThat(POSTGRES.number("SELECT count(*) FROM models.audit")).isEqualTo(21);
            store.awaitTrue(() -> running.status("audit").state() == State.LIVE);
        }
    }

    private Map<String, BatchFold> folds() {
        var folds = new HashMap<>(ProjectionRuntime.folds());
        folds.computeIfPresent("audit", (_, fold) -> (connection, facts) -> {
            if (full.get() && facts.stream().anyMatch(fact -> fact.sequence().equals("stuck"))) {
                failures.incrementAndGet();
                throw new SQLException("could not extend file: No space left on device", "53100");
            }
            fold.fold(connection, facts);
        });
        return folds;
    }
}
