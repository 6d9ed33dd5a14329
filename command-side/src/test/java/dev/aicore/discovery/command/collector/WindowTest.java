package dev.aicore.discovery.command.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.settings.WriteSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class WindowTest {

    private static final long MILLI = 1_000_000;

    private final Window window = window(Duration.ofMillis(50));

    @Test
    void aLoneCallerWaitsForNobody() {
        assertThat(window.isOpen(1)).isFalse();
        window.decided(1, false);
        assertThat(window.isOpen(1)).isFalse();
    }

    @Test
    void oneAmongManyWaitsForTheOthers() {
        window.decided(30, false);
        assertThat(window.isOpen(1)).isTrue();
    }

    @Test
    void enoughWaitForNobody() {
        window.decided(64, true);
        assertThat(window.isOpen(64)).isFalse();
        assertThat(window.isOpen(63)).isTrue();
    }

    @Test
    void underASteadyStreamALongSilenceIsNoEnd() {
        stream(window);
        assertThat(window.nextLook(0, 0)).isEqualTo(10 * MILLI);
    }

    @Test
    void callersWhoAllWaitForTheirAnswersAreNoticedSoon() {
        stream(window);
        for (int i = 0; i < 20; i++) {
            window.decided(4, false);
        }
        assertThat(window.nextLook(0, 0)).isLessThan(MILLI);
    }

    @Test
    void theWindowEnds() {
        stream(window);
        assertThat(window.nextLook(0, 45 * MILLI)).isEqualTo(5 * MILLI);
        assertThat(window.nextLook(0, 50 * MILLI)).isZero();
    }

    @Test
    void windowsOfAllShardsEndTogether() {
        var other = window(Duration.ofMillis(50));
        stream(window);
        stream(other);
        assertThat(window.nextLook(1_045 * MILLI, 0)).isEqualTo(5 * MILLI);
        assertThat(other.nextLook(1_041 * MILLI, 4 * MILLI)).isEqualTo(5 * MILLI);
        assertThat(other.nextLook(1_041 * MILLI, 9 * MILLI)).isZero();
    }

    @Test
    void aWindowOfNothingIsNeverOpen() {
        var none = window(Duration.ZERO);
        none.decided(30, true);
        assertThat(none.isOpen(2)).isFalse();
    }

    private static void stream(Window window) {
        for (int i = 0; i < 20; i++) {
            window.decided(30, true);
        }
    }

    private static Window window(Duration longest) {
        return new Window(new WriteSettings("postgres", longest, 64, 1_000, 1_000, 5_000, DataSize.ofMegabytes(1)));
    }
}
