package dev.aicore.discovery.server.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayTicketTest {

    private static final String SECRET = "a secret of the receiver";
    private static final String PATH = "/api/v1/services?x=1";

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.7", "2001:db8::7"})
    void verified_ticketOfPeer_namesCaller(String address) {
        var caller = new InetSocketAddress(InetAddress.ofLiteral(address), 4711);

        var ticket = Objects.requireNonNull(RelayTicket.verified(SECRET, "POST", PATH, text(caller)));

        assertThat(ticket.address()).isEqualTo(caller);
        assertThat(ticket.certificate()).isNull();
    }

    @Test
    void verified_unknownAddress_staysUnknown() {
        var unknown = InetSocketAddress.createUnresolved("unknown", 0);
        var ticket = Objects.requireNonNull(RelayTicket.verified(SECRET, "POST", PATH, text(unknown)));

        assertThat(ticket.address().getAddress()).isNull();
    }

    @Test
    void verified_otherSecretMethodOrPath_isNoTicket() {
        var text = text(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));

        assertThat(RelayTicket.verified("another secret", "POST", PATH, text)).isNull();
        assertThat(RelayTicket.verified(SECRET, "DELETE", PATH, text)).isNull();
        assertThat(RelayTicket.verified(SECRET, "POST", PATH + "1", text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 9, 11, 20})
    void verified_changedCharacter_isNoTicket(int at) {
        var text = text(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
        var changed = text.substring(0, at) + (text.charAt(at) == '8' ? '9' : '8') + text.substring(at + 1);

        assertThat(RelayTicket.verified(SECRET, "POST", PATH, changed)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-", "- -", "7f000001/1 - AAAA", "zz - " + "A", "7f/1 - " + "A"})
    void verified_malformedText_isNoTicket(String text) {
        assertThat(RelayTicket.verified(SECRET, "POST", PATH, text)).isNull();
    }

    private static String text(InetSocketAddress caller) {
        return new RelayTicket(caller, null).issue(SECRET, "POST", PATH);
    }
}
