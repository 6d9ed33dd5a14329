package dev.aicore.discovery.healthchecks.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.netty.resources.LoopResources;

class DnsResolverTest {

    private static final byte[] DOCUMENTED = {(byte) 192, 0, 2, 7};
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final LoopResources loops = LoopResources.create("names", 1, true);
    private SmallNameServer server;
    private DnsResolver names;

    @BeforeEach
    void open() throws IOException {
        server = new SmallNameServer(Map.of("two.example", List.of(DOCUMENTED, LOOPBACK), "silent.example", List.of()));
        names = new DnsResolver(
                loops, new SingletonDnsServerAddressStreamProvider(server.address()), Duration.ofMillis(100));
    }

    @AfterEach
    void close() {
        names.close();
        server.close();
        loops.dispose();
    }

    @Test
    void resolve_returnsAllAddresses() {
        assertThat(names.resolve("two.example").block())
                .extracting(address -> address.getHostAddress())
                .containsExactlyInAnyOrder("192.0.2.7", "127.0.0.1");
    }

    @Test
    void resolve_repeated_usesCache() {
        names.resolve("two.example").block();
        int asked = server.questions();
        names.resolve("two.example").block();
        assertThat(server.questions()).isEqualTo(asked);
    }

    @Test
    void resolve_ofUnknownName_fails() {
        assertThatThrownBy(() -> names.resolve("no.example").block()).hasCauseInstanceOf(UnknownHostException.class);
    }

    @Test
    void resolve_withSilentServer_fails() {
        assertThatThrownBy(() -> names.resolve("silent.example").block())
                .hasCauseInstanceOf(UnknownHostException.class);
        assertThat(server.questions()).isBetween(1, 16);
    }

    @Test
    void resolve_ofNameInHostsFile_sendsNoQuery() {
        assertThat(names.resolve("localhost").block()).isNotEmpty().allMatch(address -> address.isLoopbackAddress());
        assertThat(server.questions()).isZero();
    }
}
