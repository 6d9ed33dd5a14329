package dev.aicore.discovery.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.eventstore.TestEvents.Opened;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.util.unit.DataSize;

@Tag("integration")
class DiskSpaceMonitorTest {

    private static final long MEGABYTE = 1 << 20;

    @RegisterExtension
    static final TestPostgres POSTGRES = new TestPostgres();

    private final TestStore store = TestStore.fresh(POSTGRES);
    private final AtomicLong usable = new AtomicLong(200 * MEGABYTE);
    private final List<String> told = new ArrayList<>();
    private final DiskSpaceMonitor monitor =
            new DiskSpaceMonitor(store.appender, this::measured, DataSize.ofMegabytes(100));

    DiskSpaceMonitorTest() {
        store.appender.addListener(new AppendListener() {
            @Override
            public void onOutage(String reason) {
                told.add("outage");
            }

            @Override
            public void onRecovered() {
                told.add("recovered");
            }
        });
    }

    @AfterEach
    void close() {
        monitor.close();
        store.close();
    }

    @Test
    void append_belowMinimumDiskSpace_isRefusedUntilMarginIsFree() {
        monitor.measure();
        store.append(1, 0, new Opened("shard-1"));

        usable.set(100 * MEGABYTE - 1);
        monitor.measure();
        monitor.measure();
        assertThat(store.appender.isAvailable()).isFalse();
        assertFull(() -> store.append(1, 1, TestEvents.beats(1)));
        assertFull(store.appender::requireAvailable);
        usable.set(105 * MEGABYTE);
        monitor.measure();
        assertFull(store.appender::requireAvailable);
        assertThat(told).containsExactly("outage");

        usable.set(110 * MEGABYTE);
        monitor.measure();
        store.append(1, 1, TestEvents.beats(1));
        assertThat(told).containsExactly("outage", "recovered");
        assertThat(store.reader.head().position()).isEqualTo(2);
    }

    @Test
    void measurementInterval_nearLimit_isShorter() {
        usable.set(9_000 * MEGABYTE);
        assertThat(monitor.measure()).isEqualTo(Duration.ofSeconds(2));
        usable.set(8_000 * MEGABYTE);
        assertThat(monitor.measure()).isEqualTo(Duration.ofMillis(250));
        usable.set(-1);
        assertThat(monitor.measure()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void append_ifDiskSpaceIsUnknown_isAccepted() {
        usable.set(-1);
        monitor.measure();
        store.append(1, 0, new Opened("shard-1"));
        assertThat(told).isEmpty();
    }

    private long measured() throws IOException {
        if (usable.get() < 0) {
            throw new IOException("it doesn't tell");
        }
        return usable.get();
    }

    private static void assertFull(Runnable append) {
        assertThatThrownBy(append::run).isInstanceOfSatisfying(StoreUnavailableException.class, refusal -> {
            assertThat(refusal.isFull()).isTrue();
            assertThat(refusal.outcomeUnknown()).isFalse();
        });
    }
}
