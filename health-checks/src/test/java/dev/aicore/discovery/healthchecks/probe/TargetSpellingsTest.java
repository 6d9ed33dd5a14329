package dev.aicore.discovery.healthchecks.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.CheckFailureCode;
import dev.aicore.discovery.healthchecks.outbound.DeniedTargetSamples;
import dev.aicore.discovery.healthchecks.outbound.PolicyEgress.NameResolver;
import dev.aicore.discovery.healthchecks.outbound.TestOutboundClients;
import dev.aicore.discovery.healthchecks.outbound.TestPolicies;
import dev.aicore.discovery.healthchecks.probe.Prober.Probe;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/**
 * Redirects each connection that the policy permits to a listener on loopback, which counts the connections that must
 * be refused.
 */
class TargetSpellingsTest {

    private static final List<String> TYPES = List.of("http", "tcp", "grpc");

    private final ProberFixture proberFixture = ProberFixture.plain();
    private ScriptedTcpServer listener;

    @BeforeEach
    void open() throws IOException {
        listener = ScriptedTcpServer.answering("HTTP/1.1 200 OK", "Content-Length: 0", "", "");
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
        proberFixture.close();
    }

    @Test
    void listener_countsPermittedConnections() throws Exception {
        landing(name -> Mono.error(new UnknownHostException(name)));
        assertThat(proberFixture.probe(probe("192.0.2.7", "tcp")).passed()).isTrue();
        listener.awaitConnections(1);
    }

    @Test
    void deniedAddress_inAnySpelling_isNotReached() throws Exception {
        assertThat(DeniedTargetSamples.ADDRESSES).hasSizeGreaterThan(60);
        landing(name -> Mono.just(List.of(address("192.0.2.7"))));
        for (var spelling : DeniedTargetSamples.ADDRESSES) {
            assertDenied(spelling);
        }
        assertNoConnection();
    }

    @Test
    void nameOfDeniedAddress_isNotReached() throws Exception {
        landing(name -> Mono.just(List.of(address("127.0.0.1"))));
        for (var name : DeniedTargetSamples.NAMES) {
            assertDenied(name);
        }
        assertNoConnection();
    }

    @Test
    void name_withOneDeniedAddress_isNotReached() throws Exception {
        landing(name -> Mono.just(List.of(address("192.0.2.7"), address("169.254.169.254"))));
        assertDenied("half.example");
        assertNoConnection();
    }

    @Test
    void name_withMappedAddress_isNotReached() throws Exception {
        landing(name -> Mono.just(List.of(mapped("169.254.169.254"))));
        assertDenied("mapped.example");
        assertNoConnection();
    }

    @Test
    void rebindingName_isNotReachedAtDeniedAddress() throws Exception {
        var answers = new ArrayDeque<>(List.of("192.0.2.7", "169.254.169.254"));
        landing(name -> Mono.fromSupplier(() -> List.of(address(answers.pop()))));
        assertThat(proberFixture.probe(probe("rebind.example", "tcp")).passed()).isTrue();
        assertThat(proberFixture.probe(probe("rebind.example", "tcp")))
                .isEqualTo(ProbeResult.fail(CheckFailureCode.DENIED, "metadata"));
        assertThat(answers).as("each probe resolves the name once").isEmpty();
        listener.awaitConnections(1);
    }

    private void assertDenied(String host) throws Exception {
        for (var type : TYPES) {
            assertThat(proberFixture.probe(probe(host, type)).failure())
                    .as("%s by %s", host, type)
                    .isEqualTo(CheckFailureCode.DENIED);
        }
    }

    /** Makes one permitted connection, which must be the only one so far. */
    private void assertNoConnection() throws Exception {
        landing(name -> Mono.error(new UnknownHostException(name)));
        assertThat(proberFixture.probe(probe("192.0.2.7", "tcp")).passed()).isTrue();
        listener.awaitConnections(1);
    }

    private void landing(NameResolver names) {
        proberFixture.through(TestOutboundClients.landing(TestPolicies.production(), names, listener.port()));
    }

    private static Probe probe(String host, String type) {
        return ProberFixture.of(host, 80, "http", type, Map.of());
    }

    private static InetAddress address(String literal) {
        return NetUtil.createInetAddressFromIpAddressString(literal);
    }

    /** Returns the mapped IPv6 address as some resolvers do; the platform converts it to an IPv4 address. */
    private static InetAddress mapped(String ipv4) {
        var bytes = new byte[16];
        bytes[10] = (byte) 0xff;
        bytes[11] = (byte) 0xff;
        System.arraycopy(address(ipv4).getAddress(), 0, bytes, 12, 4);
        try {
            return Inet6Address.getByAddress(null, bytes, -1);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
