package dev.aicore.discovery.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.web.ConnectionTable.AdmissionDecision;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class ConnectionTableTest {

    private final ConnectionTable table = new ConnectionTable(4, 2);
    private long now;

    @Test
    void admission_toFullTable_evictsLeastRecentlyUsedConnection() {
        var a = admitted("a");
        var b = admitted("b");
        var c = admitted("c");
        var d = admitted("d");
        use(a);
        use(c);
        use(b);

        assertThat(admit("e").evicted()).isSameAs(d);
        assertThat(admit("f").evicted()).isSameAs(a);
        use(c);
        assertThat(admit("g").evicted()).isSameAs(b);
        assertThat(table.open()).isEqualTo(4);
    }

    @Test
    void admission_beyondNetworkShare_evictsConnectionOfSameNetwork() {
        var other = admitted("other");
        var first = admitted("crowd");
        admitted("crowd");

        assertThat(admit("crowd").evicted()).isSameAs(first);
        assertThat(table.open()).isEqualTo(3);
        assertThat(other.counted).isTrue();
        assertThat(table.admit(connection("crowd"), false)).isEqualTo(new AdmissionDecision(true, null));
    }

    @Test
    void busyConnection_isNotEvictedUntilIdle() {
        var first = admitted("crowd");
        var second = admitted("crowd");
        first.setBusy(true, ++now);
        second.setBusy(true, ++now);
        assertThat(admit("crowd")).isEqualTo(new AdmissionDecision(false, null));

        first.setBusy(false, ++now);
        assertThat(first.listed).isFalse();
        table.list(first);
        assertThat(admit("crowd").evicted()).isSameAs(first);
    }

    @Test
    void table_countsClosedConnectionOnceAndRestoresEvictedConnection() {
        var a = admitted("a");
        for (var network : new String[] {"b", "c", "d"}) {
            admitted(network);
        }
        assertThat(admit("e").evicted()).isSameAs(a);
        table.remove(a);
        assertThat(table.open()).isEqualTo(4);
        table.restore(a);
        assertThat(table.open()).isEqualTo(5);
        table.remove(a);
        table.remove(a);
        assertThat(table.open()).isEqualTo(4);
    }

    private OpenConnection admitted(String network) {
        var connection = connection(network);
        assertThat(table.admit(connection, true)).isEqualTo(new AdmissionDecision(true, null));
        return connection;
    }

    private AdmissionDecision admit(String network) {
        return table.admit(connection(network), true);
    }

    private OpenConnection connection(String network) {
        return new OpenConnection(new EmbeddedChannel(), network, ++now);
    }

    private void use(OpenConnection connection) {
        connection.setBusy(true, ++now);
        connection.setBusy(false, ++now);
    }
}
