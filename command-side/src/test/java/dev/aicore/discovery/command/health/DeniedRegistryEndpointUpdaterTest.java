package dev.aicore.discovery.command.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.settings.OutboundSettings;
import dev.aicore.discovery.config.settings.PostgresSettings;
import dev.aicore.discovery.config.settings.RedisSettings;
import dev.aicore.discovery.config.settings.SettingsBinder;
import dev.aicore.discovery.healthchecks.outbound.AddressPolicy;
import dev.aicore.discovery.healthchecks.outbound.DenialReason;
import dev.aicore.discovery.healthchecks.outbound.DeniedRegistryEndpoints;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeniedRegistryEndpointUpdaterTest {

    @Test
    void storeEndpoints_areDenied() throws UnknownHostException {
        var deniedRegistryEndpoints = DeniedRegistryEndpoints.ofThisMachine();
        ports(deniedRegistryEndpoints, "postgresql://u:p@10.1.2.3:5433/registry", "rediss://:p%40ss@127.0.0.1:6380/1")
                .resolve();
        var policy = policy(deniedRegistryEndpoints);

        assertThat(denial(policy, "10.1.2.3", 5_433)).isEqualTo(DenialReason.OWN_ENDPOINT);
        assertThat(denial(policy, "::ffff:10.1.2.3", 5_433)).isEqualTo(DenialReason.OWN_ENDPOINT);
        assertThat(denial(policy, "10.1.2.3", 80)).isNull();
        assertThat(denial(policy, "127.0.0.1", 6_380)).isEqualTo(DenialReason.OWN_ENDPOINT);
        assertThat(denial(policy, "127.8.8.8", 6_380)).isEqualTo(DenialReason.OWN_ENDPOINT);
        assertThat(denial(policy, "127.0.0.1", 6_379)).isNull();
    }

    @Test
    void movedStore_isDeniedAtOldAndNewAddress() throws UnknownHostException {
        var names = new HashMap<String, String>();
        var deniedRegistryEndpoints = new DeniedRegistryEndpoints(List.of(), host -> {
            var address = names.get(host);
            if (address == null) {
                throw new UnknownHostException(host);
            }
            return new InetAddress[] {InetAddress.getByName(address)};
        });
        var ports = ports(deniedRegistryEndpoints, "postgresql://u:p@db.example/registry", "");
        var policy = policy(deniedRegistryEndpoints);
        ports.resolve();
        assertThat(denial(policy, "10.1.2.3", 5_432)).isNull();

        for (var address : List.of("10.1.2.3", "10.1.2.4")) {
            names.put("db.example", address);
            ports.resolve();
        }

        assertThat(denial(policy, "10.1.2.3", 5_432)).isEqualTo(DenialReason.OWN_ENDPOINT);
        assertThat(denial(policy, "10.1.2.4", 5_432)).isEqualTo(DenialReason.OWN_ENDPOINT);
    }

    private static @Nullable DenialReason denial(AddressPolicy policy, String address, int port)
            throws UnknownHostException {
        return policy.denial(InetAddress.getByName(address), port);
    }

    private static AddressPolicy policy(DeniedRegistryEndpoints deniedRegistryEndpoints) {
        return new AddressPolicy(SettingsBinder.defaults().get(OutboundSettings.class), true, deniedRegistryEndpoints);
    }

    private static DeniedRegistryEndpointUpdater ports(
            DeniedRegistryEndpoints deniedRegistryEndpoints, String postgres, String redis) {
        var settingsBinder = SettingsBinder.with(Map.of(
                "service-discovery.database.postgres.url", postgres,
                "service-discovery.database.redis.url", redis));
        return new DeniedRegistryEndpointUpdater(
                deniedRegistryEndpoints,
                settingsBinder.get(PostgresSettings.class),
                settingsBinder.get(RedisSettings.class));
    }
}
