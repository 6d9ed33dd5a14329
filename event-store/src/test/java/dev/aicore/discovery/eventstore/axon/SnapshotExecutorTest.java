package dev.aicore.discovery.eventstore.axon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class SnapshotExecutorTest {

    private final List<String> written = new CopyOnWriteArrayList<>();

    @Test
    void close_waitsForRunningSnapshotAndDropsQueuedSnapshots() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var closing = new CountDownLatch(1);
        var snapshots = new SnapshotExecutor(Duration.ofMinutes(1));
        snapshots.execute(() -> {
            begun.countDown();
            await(closing);
            written.add("first");
        });
        snapshots.execute(() -> written.add("second"));
        begun.await();

        var close = Thread.ofVirtual().start(snapshots::close);
        while (!isClosed(snapshots)) {
            Thread.onSpinWait();
        }
        closing.countDown();
        close.join();

        assertThat(written).containsExactly("first");
    }

    @Test
    void close_afterTimeout_interruptsRunningSnapshot() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        var snapshots = new SnapshotExecutor(Duration.ZERO);
        snapshots.execute(() -> {
            begun.countDown();
            await(new CountDownLatch(1));
            ended.countDown();
        });
        begun.await();

        snapshots.close();
        ended.await();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isClosed(SnapshotExecutor snapshots) {
        try {
            snapshots.execute(() -> {});
            return false;
        } catch (RejectedExecutionException closed) {
            return true;
        }
    }
}
