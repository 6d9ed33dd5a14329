package dev.aicore.discovery.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SupervisorTest {

    private final AtomicInteger stops = new AtomicInteger();

    @Test
    void failedLaunch_isRetried() {
        var first = new Scripted(() -> 1, () -> {});
        assertRestarted(
                first,
                List.of(
                        () -> {
                            throw new IllegalStateException("no description");
                        },
                        () -> {
                            throw new OutOfMemoryError("no thread");
                        },
                        Scripted::new),
                0);
    }

    @Test
    void process_withFailingReadinessCheck_isStoppedAndRestarted() {
        var first = new Scripted(() -> 1, () -> {});
        assertRestarted(
                first,
                List.of(
                        () -> new Scripted(() -> 0, () -> {
                            throw new UncheckedIOException(new IOException("its log can't be read"));
                        }),
                        Scripted::new),
                1);
    }

    @Test
    void process_thatCannotBeMonitored_isStoppedAndRestarted() {
        var first = new Scripted(
                () -> {
                    throw new IllegalStateException("no such child");
                },
                () -> {});
        assertRestarted(first, List.of(Scripted::new), 1);
    }

    private void assertRestarted(Scripted first, List<Supplier<Scripted>> launches, int ended) {
        Queue<Supplier<Scripted>> left = new ArrayDeque<>(launches);
        try (var supervisor =
                Supervisor.of("Scripted", first, () -> left.remove().get(), () -> {})) {
            await().until(() -> supervisor.restarts() == 1);
            assertThat(left).isEmpty();
            assertThat(stops).as("stopped processes").hasValue(ended);
        }
    }

    /** Process that behaves as a test prescribes; by default it runs until it is stopped. */
    private final class Scripted implements ServerProcess {

        private final CountDownLatch stopped = new CountDownLatch(1);
        private final Supplier<Integer> end;
        private final Runnable readiness;
        private final boolean ends;
        private volatile boolean ended;

        private Scripted() {
            this(() -> 0, () -> {}, false);
        }

        private Scripted(Supplier<Integer> end, Runnable readiness) {
            this(end, readiness, true);
        }

        private Scripted(Supplier<Integer> end, Runnable readiness, boolean ends) {
            this.end = end;
            this.readiness = readiness;
            this.ends = ends;
        }

        @Override
        public long pid() {
            return 1;
        }

        @Override
        public void awaitReady() {
            readiness.run();
        }

        @Override
        public int awaitEnd() throws InterruptedException {
            if (!ends) {
                stopped.await();
            }
            int code = end.get();
            ended = true;
            return code;
        }

        @Override
        public void stop() {
            if (!ended) {
                stops.incrementAndGet();
            }
            stopped.countDown();
        }
    }
}
