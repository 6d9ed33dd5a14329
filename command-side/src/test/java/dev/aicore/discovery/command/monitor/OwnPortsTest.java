package dev.aicore.discovery.command.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.outbound.AddressPolicy;
import dev.aicore.discovery.config.outbound.Denial;
import dev.aicore.discovery.config.settings.OutboundSettings;
import dev.aicore.discovery.config.settings.PostgresSettings;
import dev.aicore.discovery.config.settings.RedisSettings;
import dev.aicore.discovery.config.settings.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OwnPortsTest {

    @Test
    void theStoresAreOutOfReachWhereverTheyAre() throws UnknownHostException {
        var policy = policy("postgresql://u:p@10.1.2.3:5433/registry", "rediss://:p%40ss@127.0.0.1:6380/1");

        assertThat(denial(policy, "10.1.2.3", 5_433)).isEqualTo(Denial.OWN_ENDPOINT);
        assertThat(denial(policy, "::ffff:10.1.2.3", 5_433)).isEqualTo(Denial.OWN_ENDPOINT);
        assertThat(denial(policy, "10.1.2.3", 80)).isNull();
        assertThat(denial(policy, "127.0.0.1", 6_380)).isEqualTo(Denial.OWN_ENDPOINT);
        assertThat(denial(policy, "127.8.8.8", 6_380)).isEqualTo(Denial.OWN_ENDPOINT);
        assertThat(denial(policy, "127.0.0.1", 6_379)).isNull();
    }

    @Test
    void aStoreWhoseNameIsUnknownStopsNoStart() throws UnknownHostException {
        var policy = policy("postgresql://u:p@no-such-host.invalid/registry", "");

        assertThat(denial(policy, "10.1.2.3", 5_432)).isNull();
    }

    private static @Nullable Denial denial(AddressPolicy policy, String address, int port) throws UnknownHostException {
        return policy.denial(InetAddress.getByName(address), port);
    }

    private static AddressPolicy policy(String postgres, String redis) {
        var settings = Settings.with(Map.of(
                "service-discovery.database.postgres.url", postgres,
                "service-discovery.database.redis.url", redis));
        return new AddressPolicy(
                settings.get(OutboundSettings.class),
                true,
                OwnPorts.ofStores(settings.get(PostgresSettings.class), settings.get(RedisSettings.class)));
    }
}
