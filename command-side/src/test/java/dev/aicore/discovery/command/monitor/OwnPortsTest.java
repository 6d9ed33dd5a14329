package dev.aicore.discovery.command.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.outbound.AddressPolicy;
import dev.aicore.discovery.config.outbound.Denial;
import dev.aicore.discovery.config.outbound.OwnEndpoints;
import dev.aicore.discovery.config.settings.OutboundSettings;
import dev.aicore.discovery.config.settings.PostgresSettings;
import dev.aicore.discovery.config.settings.RedisSettings;
import dev.aicore.discovery.config.settings.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OwnPortsTest {

    @Test
    void theStoresAreOutOfReachWhereverTheyAre() throws UnknownHostException {
        var own = OwnEndpoints.ofThisMachine();
        ports(own, "postgresql://u:p@10.1.2.3:5433/registry", "rediss://:p%40ss@127.0.0.1:6380/1")
                .lookUp();
        var policy = policy(own);

        assertThat(denial(policy, "10.1.2.3", 5_433)).isEqualTo(Denial.OWN_ENDPOINT);
        assertThat(denial(policy, "::ffff:10.1.2.3", 5_433)).isEqualTo(Denial.OWN_ENDPOINT);
        assertThat(denial(policy, "10.1.2.3", 80)).isNull();
        assertThat(denial(policy, "127.0.0.1", 6_380)).isEqualTo(Denial.OWN_ENDPOINT);
        assertThat(denial(policy, "127.8.8.8", 6_380)).isEqualTo(Denial.OWN_ENDPOINT);
        assertThat(denial(policy, "127.0.0.1", 6_379)).isNull();
    }

    @Test
    void aStoreThatMovesIsOutOfReachWhereItIsAndWhereItWas() throws UnknownHostException {
        var names = new HashMap<String, String>();
        var own = new OwnEndpoints(List.of(), host -> {
            var address = names.get(host);
            if (address == null) {
                throw new UnknownHostException(host);
            }
            return new InetAddress[] {InetAddress.getByName(address)};
        });
        var ports = ports(own, "postgresql://u:p@db.example/registry", "");
        var policy = policy(own);
        ports.lookUp();
        assertThat(denial(policy, "10.1.2.3", 5_432)).isNull();

        for (var address : List.of("10.1.2.3", "10.1.2.4")) {
            names.put("db.example", address);
            ports.lookUp();
        }

        assertThat(denial(policy, "10.1.2.3", 5_432)).isEqualTo(Denial.OWN_ENDPOINT);
        assertThat(denial(policy, "10.1.2.4", 5_432)).isEqualTo(Denial.OWN_ENDPOINT);
    }

    private static @Nullable Denial denial(AddressPolicy policy, String address, int port) throws UnknownHostException {
        return policy.denial(InetAddress.getByName(address), port);
    }

    private static AddressPolicy policy(OwnEndpoints own) {
        return new AddressPolicy(Settings.defaults().get(OutboundSettings.class), true, own);
    }

    private static OwnPorts ports(OwnEndpoints own, String postgres, String redis) {
        var settings = Settings.with(Map.of(
                "service-discovery.database.postgres.url", postgres,
                "service-discovery.database.redis.url", redis));
        return new OwnPorts(own, settings.get(PostgresSettings.class), settings.get(RedisSettings.class));
    }
}
