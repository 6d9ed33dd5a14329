package dev.aicore.discovery.config.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.time.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ConnectionCountsTest {

    private final ConnectionCounts counts = new ConnectionCounts(new SimpleMeterRegistry(), ManualTime.atNoon());

    @Test
    void whatCouldNotBeAcceptedWasNotHeardEither() {
        var listening = new EmbeddedChannel(new ConnectionLimit.AcceptFailures(counts));
        listening.pipeline().fireExceptionCaught(new IOException("Too many open files"));
        listening.checkException();
        counts.refused();
        counts.evicted();

        assertThat(counts.refusals()).isEqualTo(2);
    }
}
