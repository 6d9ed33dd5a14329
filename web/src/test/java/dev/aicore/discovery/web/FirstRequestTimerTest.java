package dev.aicore.discovery.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.time.ManualTimeSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FirstRequestTimerTest {

    private static final Duration FIRST_REQUEST = Duration.ofSeconds(10);

    /** Value of {@link EmbeddedChannel#runScheduledPendingTasks()} without tasks. */
    private static final long NO_TASK = -1;

    private final ManualTimeSource time = ManualTimeSource.atNoon();
    private final ConnectionTable table = new ConnectionTable(2, 1);
    private final ConnectionLimit limit = new ConnectionLimit(
            table, _ -> false, FIRST_REQUEST, new ConnectionCounters(new SimpleMeterRegistry(), time), time);

    @Test
    void closedConnection_leavesNoTimer() {
        var channel = new EmbeddedChannel(limit);
        assertThat(channel.runScheduledPendingTasks()).isPositive();

        ChannelFuture _ = channel.close();

        assertThat(channel.runScheduledPendingTasks()).isEqualTo(NO_TASK);
        assertThat(table.open()).isZero();
    }

    @Test
    void connectionWithoutRequest_isClosedAfterTheTimeout() {
        var silent = new EmbeddedChannel(limit);
        silent.freezeTime();
        silent.advanceTimeBy(FIRST_REQUEST.toMillis() + 1, TimeUnit.MILLISECONDS);
        silent.runScheduledPendingTasks();

        assertThat(silent.isOpen()).isFalse();
    }

    @Test
    void usedConnection_staysOpenAfterTheTimeout() {
        var used = new EmbeddedChannel(limit);
        used.freezeTime();
        OpenConnection.of(used).use(time.nanos());
        used.advanceTimeBy(FIRST_REQUEST.toMillis() + 1, TimeUnit.MILLISECONDS);
        used.runScheduledPendingTasks();

        assertThat(used.isOpen()).isTrue();
    }
}
