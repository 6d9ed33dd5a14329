package dev.aicore.discovery.projection.processing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WatermarkTest {

    private final Watermark mark = new Watermark();

    @Test
    void position_onlyAdvances() {
        assertThat(mark.advance(5)).isTrue();
        assertThat(mark.advance(5)).isFalse();
        assertThat(mark.advance(3)).isFalse();
        assertThat(mark.position()).isEqualTo(5);
    }

    @Test
    void await_completesWhenPositionIsReached() {
        mark.advance(5);
        var past = mark.awaiting(4);
        var next = mark.awaiting(6);
        var later = mark.awaiting(9);
        assertThat(past).isCompletedWithValue(5L);
        assertThat(mark.isAwaited()).isTrue();

        mark.advance(7);
        assertThat(next).isCompletedWithValue(7L);
        assertThat(later).isNotDone();

        mark.advance(9);
        assertThat(later).isCompletedWithValue(9L);
        assertThat(mark.isAwaited()).isFalse();
    }

    @Test
    void cancelledAwait_isRemoved() {
        mark.awaiting(6).cancel(false);
        assertThat(mark.isAwaited()).isFalse();
    }
}
