package dev.aicore.discovery.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.time.ManualTimeSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ConnectionCountersTest {

    private final ConnectionCounters counters =
            new ConnectionCounters(new SimpleMeterRegistry(), ManualTimeSource.atNoon());

    @Test
    void acceptFailure_isCountedAsRefusal() {
        var listening = new EmbeddedChannel(new ConnectionLimit.AcceptFailures(counters));
        listening.pipeline().fireExceptionCaught(new IOException("Too many open files"));
        listening.checkException();
        counters.refused();
        counters.evicted();

        assertThat(counters.refusals()).isEqualTo(2);
    }
}
