package dev.aicore.discovery.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.eventstore.NodeAddressStore.NodeAddress;
import dev.aicore.discovery.eventstore.NodeAddressStore.NodeLook;
import dev.aicore.discovery.eventstore.NodeAddressStore.OwnerAddress;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class NodeAddressStoreTest {

    @RegisterExtension
    static final TestPostgres postgres = new TestPostgres();

    private NodeAddressStore addresses;

    @BeforeEach
    void createNodes() {
        postgres.execute("DROP SCHEMA IF EXISTS store CASCADE");
        new StoreMigration(postgres.pool(), EventStoreSettings.defaults()).migrate();
        addresses = new NodeAddressStore(
                new JdbcQueryRunner(new TimeoutDataSource(postgres.pool(), Duration.ofSeconds(30))));
        postgres.execute("INSERT INTO store.nodes (name, generation, holder, lease_until, joined_at) VALUES"
                + " ('a', 7, gen_random_uuid(), clock_timestamp() + interval '1 hour', clock_timestamp()),"
                + " ('b', 8, gen_random_uuid(), clock_timestamp() - interval '1 second', clock_timestamp())");
    }

    @Test
    void owner_withoutClaimsOrAddress_isUnknown() {
        assertThat(addresses.look("a").owner()).isNull();
        claim("a", 7);
        assertThat(addresses.look("a").owner()).isNull();
    }

    @Test
    void owner_withAddress_isKnownAndAliveDuringItsLease() {
        var a = new NodeAddress("a", "http://a:8080", "secret of a", null);
        var b = new NodeAddress("b", "https://b:8443", "secret of b", "00ff");
        addresses.publish(a);
        addresses.publish(b);

        claim("a", 7);
        assertThat(addresses.look("b").owner()).isEqualTo(new OwnerAddress(a, true));
        claim("b", 8);
        assertThat(addresses.look("b").owner()).isEqualTo(new OwnerAddress(b, false));
    }

    /** A claim of an earlier generation is none. */
    @Test
    void owner_ofEarlierGeneration_isUnknown() {
        addresses.publish(new NodeAddress("a", "http://a:8080", "secret of a", null));
        claim("a", 6);
        assertThat(addresses.look("a").owner()).isNull();
    }

    @Test
    void publish_again_replacesAddress() {
        claim("a", 7);
        addresses.publish(new NodeAddress("a", "http://a:8080", "secret", null));
        var later = new NodeAddress("a", "http://a:9090", "another secret", null);
        addresses.publish(later);
        assertThat(addresses.look("a"))
                .returns(later, NodeLook::own)
                .returns(new OwnerAddress(later, true), NodeLook::owner);
    }

    private static void claim(String node, int generation) {
        postgres.execute(
                "UPDATE store.claims SET node = '" + node + "', generation = " + generation + " WHERE stream = 0");
    }
}
