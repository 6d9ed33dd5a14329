package dev.aicore.discovery.healthchecks.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Tests the pool without connections: a channel connects at its first call, and no call is made here. */
class GrpcChannelPoolTest {

    private final List<ManagedChannel> used = new ArrayList<>();
    private GrpcChannelPool channels;

    @BeforeEach
    void open() {
        channels = new GrpcChannelPool(List.of(), 2);
    }

    @AfterEach
    void close() {
        channels.close();
        assertThat(used).allMatch(ManagedChannel::isShutdown);
    }

    @Test
    void channel_isReused() {
        call(1, false);
        call(1, false);
        assertThat(used.get(1)).isSameAs(used.get(0));
    }

    @Test
    void channel_withTls_isSeparate() {
        call(1, false);
        call(1, true);
        assertThat(used.get(1)).isNotSameAs(used.get(0));
    }

    @Test
    void pool_beyondLimit_closesLeastRecentlyUsedChannel() {
        call(1, false);
        call(2, false);
        call(1, false);
        call(3, false);
        assertThat(used.get(1).isShutdown()).isTrue();
        assertThat(used.get(0).isShutdown()).isFalse();
        assertThat(used.get(3).isShutdown()).isFalse();
    }

    @Test
    void concurrentCalls_haveSeparateChannels() {
        channels.call(
                        target(1),
                        false,
                        outer -> recordChannel(outer).then(channels.call(target(1), false, this::recordChannel)))
                .block();
        assertThat(used.get(1)).isNotSameAs(used.get(0));
        assertThat(used)
                .as("open channels")
                .filteredOn(channel -> !channel.isShutdown())
                .hasSize(1);
    }

    @Test
    void failedChannel_isNotReused() {
        channels.call(target(1), false, channel -> recordChannel(channel).then(Mono.error(new IOException("broken"))))
                .onErrorComplete()
                .block();
        call(1, false);
        assertThat(used.get(0).isShutdown()).isTrue();
        assertThat(used.get(1).isShutdown()).isFalse();
    }

    private void call(int port, boolean tls) {
        channels.call(target(port), tls, this::recordChannel).block();
    }

    private Mono<Integer> recordChannel(Channel channel) {
        return Mono.fromSupplier(() -> {
            used.add((ManagedChannel) channel);
            return used.size();
        });
    }

    private static AllowedAddress target(int port) {
        return new AllowedAddress("127.0.0.1", InetAddress.getLoopbackAddress(), port);
    }
}
