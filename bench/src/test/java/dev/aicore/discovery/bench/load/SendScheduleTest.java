package dev.aicore.discovery.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SendScheduleTest {

    private static final long BEGIN = 1_000;
    private static final long SECOND = 1_000_000_000;

    @Test
    void openLoop_isDueAtFixedTimes() {
        var sendSchedule = SendSchedule.open(10, Duration.ofSeconds(2));
        sendSchedule.begin(BEGIN);

        assertThat(sendSchedule.due(BEGIN, 0)).isEqualTo(1);
        assertThat(sendSchedule.due(BEGIN + SECOND / 10, 0)).isEqualTo(2);
        assertThat(sendSchedule.due(BEGIN + SECOND, 3)).isEqualTo(11);
        assertThat(sendSchedule.due(BEGIN + 5 * SECOND, 3)).isEqualTo(20);
    }

    @Test
    void openLoop_measuresFromIntendedTime() {
        var sendSchedule = SendSchedule.open(10, Duration.ofSeconds(2));
        sendSchedule.begin(BEGIN);

        assertThat(sendSchedule.intended(5, BEGIN + 3 * SECOND)).isEqualTo(BEGIN + SECOND / 2);
    }

    @Test
    void openLoop_withSlowServer_endsAndCountsUnsentRequests() {
        var sendSchedule = SendSchedule.open(10, Duration.ofSeconds(2));
        sendSchedule.begin(BEGIN);

        assertThat(sendSchedule.hasEnded(BEGIN + 11 * SECOND, 19)).isFalse();
        assertThat(sendSchedule.hasEnded(BEGIN + 12 * SECOND, 19)).isTrue();
        assertThat(sendSchedule.due(BEGIN + 12 * SECOND, 19)).isEqualTo(19);
        assertThat(sendSchedule.wanted(19)).isEqualTo(20);
        assertThat(sendSchedule.hasEnded(BEGIN, 20)).isTrue();
    }

    @Test
    void closedLoop_endsAfterDuration() {
        var sendSchedule = SendSchedule.closed(Duration.ofSeconds(2));
        sendSchedule.begin(BEGIN);

        assertThat(sendSchedule.due(BEGIN + SECOND, 7)).isGreaterThan(7);
        assertThat(sendSchedule.due(BEGIN + 2 * SECOND, 7)).isEqualTo(7);
        assertThat(sendSchedule.hasEnded(BEGIN + 2 * SECOND, 7)).isTrue();
        assertThat(sendSchedule.wanted(7)).isEqualTo(7);
    }

    @Test
    void once_endsAfterLastRequest() {
        var sendSchedule = SendSchedule.once(3);
        sendSchedule.begin(BEGIN);

        assertThat(sendSchedule.due(BEGIN, 1)).isEqualTo(3);
        assertThat(sendSchedule.hasEnded(BEGIN + 60 * SECOND, 2)).isFalse();
        assertThat(sendSchedule.hasEnded(BEGIN, 3)).isTrue();
    }
}
