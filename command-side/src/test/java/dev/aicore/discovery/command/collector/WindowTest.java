package dev.aicore.discovery.command.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.settings.WriteSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WindowTest {

    private static final long MILLI = 1_000_000;

    private final Window window =
            new Window(new WriteSettings("postgres", Duration.ofMillis(50), 64, 1_000, 1_000, 5_000));

    @Test
    void aLoneCallerWaitsForNobody() {
        assertThat(window.isOpen(1)).isFalse();
        window.closed(1, 0, 0);
        assertThat(window.isOpen(1)).isFalse();
    }

    @Test
    void oneAmongManyWaitsForTheOthers() {
        window.closed(30, 29, 50 * MILLI);
        assertThat(window.isOpen(1)).isTrue();
    }

    @Test
    void enoughWaitForNobody() {
        window.closed(64, 10, MILLI);
        assertThat(window.isOpen(64)).isFalse();
        assertThat(window.isOpen(63)).isTrue();
    }

    @Test
    void underASteadyStreamTheSilenceAllowedIsSeveralGaps() {
        for (int i = 0; i < 50; i++) {
            window.closed(62, 61, 49 * MILLI);
        }
        assertThat(window.nextLook(0)).isBetween(4 * MILLI, 6 * MILLI);
    }

    @Test
    void callersWhoAllWaitForTheirAnswersAreNoticedSoon() {
        for (int i = 0; i < 50; i++) {
            window.closed(4, 3, MILLI / 10);
        }
        assertThat(window.nextLook(0)).isLessThan(MILLI);
    }

    @Test
    void theWindowEnds() {
        for (int i = 0; i < 50; i++) {
            window.closed(2, 1, 50 * MILLI);
        }
        assertThat(window.nextLook(0)).isEqualTo(10 * MILLI);
        assertThat(window.nextLook(45 * MILLI)).isEqualTo(5 * MILLI);
        assertThat(window.nextLook(50 * MILLI)).isZero();
    }

    @Test
    void aWindowOfNothingIsNeverOpen() {
        var none = new Window(new WriteSettings("postgres", Duration.ZERO, 64, 1_000, 1_000, 5_000));
        none.closed(30, 29, MILLI);
        assertThat(none.isOpen(2)).isFalse();
    }
}
