package dev.aicore.discovery.dialect.dns;

import static dev.aicore.discovery.dialect.dns.ZoneFixture.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.access.NetworkRateLimiter;
import dev.aicore.discovery.config.settings.DnsSettings;
import dev.aicore.discovery.config.settings.RateSettings;
import dev.aicore.discovery.config.settings.SettingsBinder;
import dev.aicore.discovery.config.time.TimeSource.SystemTimeSource;
import dev.aicore.discovery.dialect.DialectMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.PortInUseException;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** DNS over sockets. */
class DnsServerTest {

    private static final int TIMEOUT_MS = 30_000;
    private static final int MAX_CONNECTIONS = 8;
    private static final DnsServer SERVER = server(0);
    private static InetSocketAddress address = new InetSocketAddress(0);

    @BeforeAll
    static void start() {
        SERVER.start();
        address = Objects.requireNonNull(SERVER.localAddress());
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    private static DnsServer server(int port) {
        var metrics = new DnsMetrics(new DialectMetrics(new SimpleMeterRegistry()));
        var responder = new DnsResponder(
                new DnsZone(SettingsBinder.defaults().get(DnsSettings.class), null, new Random(7)),
                new ZoneFixture().withMany("web", 60),
                new PendingQueryLimit(10, 10, Duration.ofSeconds(10)),
                metrics,
                8_192);
        return new DnsServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                responder,
                new NetworkRateLimiter(SettingsBinder.defaults().get(RateSettings.class), new SystemTimeSource()),
                new DnsConnectionLimit(MAX_CONNECTIONS, MAX_CONNECTIONS),
                Duration.ofSeconds(1),
                metrics);
    }

    @Test
    void queries_overUdp_areAnsweredToTheirSenders() throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout(TIMEOUT_MS);
            Set<Integer> open = new HashSet<>();
            for (int i = 0; i < 50; i++) {
                var query = query("web.service.consul", Type.A);
                // Ids are random, so two may be equal.
                if (open.add(query.getHeader().getID())) {
                    var wire = query.toWire();
                    socket.send(new DatagramPacket(wire, wire.length, address));
                }
            }
            int sent = open.size();
            for (int i = 0; i < sent; i++) {
                var packet = new DatagramPacket(new byte[4_096], 4_096);
                socket.receive(packet);
                var answer = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
                assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
                open.remove(answer.getHeader().getID());
            }
            assertThat(open).isEmpty();
        }
    }

    @Test
    void queries_onOneConnectionAndInPieces_areAllAnswered() throws IOException {
        try (var socket = connect()) {
            var stream = ByteBuffer.allocate(4_096);
            for (int i = 0; i < 20; i++) {
                stream.put(framed(query("web.service.consul", i % 2 == 0 ? Type.SRV : Type.A)));
            }
            var bytes = Arrays.copyOf(stream.array(), stream.position());
            socket.setTcpNoDelay(true);
            for (int i = 0; i < bytes.length; i += 17) {
                socket.getOutputStream().write(bytes, i, Math.min(17, bytes.length - i));
            }
            var in = new DataInputStream(socket.getInputStream());
            for (int i = 0; i < 20; i++) {
                assertThat(ZoneFixture.answers(read(in))).hasSize(60);
            }
        }
    }

    @Test
    void http_sentToTheTcpPort_closesItsConnectionOnly() throws IOException {
        try (var socket = connect()) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertAnswered();
    }

    @Test
    void connection_thatStallsInAQuery_isClosed() throws IOException {
        try (var idle = connect();
                var stalled = connect()) {
            stalled.getOutputStream().write(Arrays.copyOf(framed(query("web.service.consul", Type.A)), 9));

            assertThat(stalled.getInputStream().read()).isEqualTo(-1);
            assertThat(idle.getInputStream().read()).isEqualTo(-1);
        }
        assertAnswered();
    }

    @Test
    void connection_beyondTheLimit_isClosedAtOnce() throws IOException {
        var server = server(0);
        server.start();
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i <= MAX_CONNECTIONS; i++) {
                sockets.add(connect(Objects.requireNonNull(server.localAddress())));
            }
            assertThat(sockets.getLast().getInputStream().read()).isEqualTo(-1);
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
            server.stop();
        }
    }

    @Test
    void port_thatIsTaken_failsTheStart() {
        var other = server(address.getPort());

        assertThatThrownBy(other::start).isInstanceOf(PortInUseException.class);
        assertThat(other.isRunning()).isFalse();
    }

    private static void assertAnswered() throws IOException {
        try (var socket = connect()) {
            socket.getOutputStream().write(framed(query("web.service.consul", Type.A)));

            assertThat(read(new DataInputStream(socket.getInputStream())).getRcode())
                    .isEqualTo(Rcode.NOERROR);
        }
    }

    private static Socket connect() throws IOException {
        return connect(address);
    }

    private static Socket connect(InetSocketAddress address) throws IOException {
        var socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(TIMEOUT_MS);
        return socket;
    }

    private static byte[] framed(Message query) {
        var wire = query.toWire();
        return ByteBuffer.allocate(2 + wire.length)
                .putShort((short) wire.length)
                .put(wire)
                .array();
    }

    private static Message read(DataInputStream in) throws IOException {
        var wire = new byte[in.readUnsignedShort()];
        in.readFully(wire);
        return new Message(wire);
    }
}
