package dev.aicore.discovery.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.config.settings.EventStoreSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AppendQueueTest {

    private final AppendQueue queue = new AppendQueue(EventStoreSettings.defaults());

    @Test
    void submit_toFullQueue_isRefused() {
        int most = EventStoreSettings.defaults().maxWaitingUnits();
        for (int i = 0; i < most; i++) {
            queue.submit(unit());
        }

        assertThatThrownBy(() -> queue.submit(unit()))
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        e -> assertThat(e.outcomeUnknown()).isFalse());

        queue.take();
        queue.submit(unit());
    }

    @Test
    void timeout_reportsUnknownOutcomeOnlyForTakenRequest() {
        var neverBegun = unit();
        queue.submit(neverBegun);
        assertTimesOut(neverBegun, false);
        assertThat(queue.take()).isNull();

        var begun = unit();
        queue.submit(begun);
        assertThat(queue.take()).isSameAs(begun);
        assertTimesOut(begun, true);
    }

    @Test
    void queuedRequest_duringOutage_fails() {
        var early = unit();
        queue.submit(early);
        queue.wakeToRetry();
        queue.rejectUntilRetry(StoreUnavailableException.nothingDone("away", null));

        assertThatThrownBy(() -> early.await(Duration.ofSeconds(1))).hasMessage("away");
    }

    @Test
    void requests_afterStop_failWithStopReason() {
        var waiting = unit();
        queue.submit(waiting);
        queue.stop(new IllegalStateException("stopped"));

        assertThatThrownBy(() -> waiting.await(Duration.ofSeconds(1))).hasMessage("stopped");
        assertThatThrownBy(() -> queue.submit(unit())).hasMessage("stopped");
    }

    private static void assertTimesOut(AppendRequest request, boolean outcomeUnknown) {
        assertThatThrownBy(() -> request.await(Duration.ZERO))
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        e -> assertThat(e.outcomeUnknown()).isEqualTo(outcomeUnknown));
    }

    private static AppendRequest unit() {
        return new AppendRequest(List.of(new NewEvent(0, 0, "B", 1, false, null, new byte[1])), List.of());
    }
}
