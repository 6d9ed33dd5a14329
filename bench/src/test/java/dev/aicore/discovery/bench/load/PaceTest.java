package dev.aicore.discovery.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long BEGIN = 1_000;
    private static final long SECOND = 1_000_000_000;

    @Test
    void anOpenLoopIsDueAtFixedTimesWhateverWasSent() {
        var pace = Pace.open(10, Duration.ofSeconds(2));
        pace.begin(BEGIN);

        assertThat(pace.due(BEGIN, 0)).isEqualTo(1);
        assertThat(pace.due(BEGIN + SECOND / 10, 0)).isEqualTo(2);
        assertThat(pace.due(BEGIN + SECOND, 3)).isEqualTo(11);
        assertThat(pace.due(BEGIN + 5 * SECOND, 3)).isEqualTo(20);
    }

    @Test
    void anOpenLoopCountsFromWhenItWasToBeSent() {
        var pace = Pace.open(10, Duration.ofSeconds(2));
        pace.begin(BEGIN);

        assertThat(pace.intended(5, BEGIN + 3 * SECOND)).isEqualTo(BEGIN + SECOND / 2);
    }

    @Test
    void anOpenLoopGivesUpAServerThatIsTooSlowAndCountsWhatItLeftOut() {
        var pace = Pace.open(10, Duration.ofSeconds(2));
        pace.begin(BEGIN);

        assertThat(pace.hasEnded(BEGIN + 11 * SECOND, 19)).isFalse();
        assertThat(pace.hasEnded(BEGIN + 12 * SECOND, 19)).isTrue();
        assertThat(pace.due(BEGIN + 12 * SECOND, 19)).isEqualTo(19);
        assertThat(pace.wanted(19)).isEqualTo(20);
        assertThat(pace.hasEnded(BEGIN, 20)).isTrue();
    }

    @Test
    void aClosedLoopEndsWithItsTime() {
        var pace = Pace.closed(Duration.ofSeconds(2));
        pace.begin(BEGIN);

        assertThat(pace.due(BEGIN + SECOND, 7)).isGreaterThan(7);
        assertThat(pace.due(BEGIN + 2 * SECOND, 7)).isEqualTo(7);
        assertThat(pace.hasEnded(BEGIN + 2 * SECOND, 7)).isTrue();
        assertThat(pace.wanted(7)).isEqualTo(7);
    }

    @Test
    void whatIsSentOnceEndsWithTheLast() {
        var pace = Pace.once(3);
        pace.begin(BEGIN);

        assertThat(pace.due(BEGIN, 1)).isEqualTo(3);
        assertThat(pace.hasEnded(BEGIN + 60 * SECOND, 2)).isFalse();
        assertThat(pace.hasEnded(BEGIN, 3)).isTrue();
    }
}
