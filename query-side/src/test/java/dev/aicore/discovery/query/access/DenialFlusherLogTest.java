package dev.aicore.discovery.query.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.access.DenialCounterFixture;
import dev.aicore.discovery.api.access.AccessDenialsView.AccessDenial;
import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.query.testing.ManualScheduler;
import dev.aicore.discovery.readmodel.access.DenialStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Mono;

@ExtendWith(OutputCaptureExtension.class)
class DenialFlusherLogTest {

    /** Store whose table can't be written for another reason than an outage. */
    private static final class FailingDenialStore implements DenialStore {

        @Override
        public Mono<Void> add(List<AccessDenial> counted) {
            return Mono.error(new IllegalStateException("permission denied for table denials"));
        }

        @Override
        public Mono<Void> deleteOlder(Instant now, Duration retention) {
            return Mono.error(new IllegalStateException("permission denied for table denials"));
        }
    }

    @Test
    void repeatedFailure_isLoggedOnce(CapturedOutput output) {
        var time = ManualTimeSource.atNoon();
        var flusher = new DenialFlusher(
                new DenialCounterFixture(time).counter(),
                new FailingDenialStore(),
                Duration.ofDays(1),
                time,
                new ManualScheduler());

        for (int run = 0; run < 3; run++) {
            flusher.deleteOld().block(Duration.ofSeconds(30));
        }

        assertThat(output.getAll()).containsOnlyOnce("Failed to write denials to PostgreSQL");
    }
}
