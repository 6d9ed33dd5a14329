package dev.aicore.discovery.spring.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.client.RegisteredInstance;
import dev.aicore.discovery.client.RegisteredInstance.Status;
import dev.aicore.discovery.spring.testing.ListedService;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.ServiceInstance;

class RegistryServiceInstanceTest {

    @Test
    void metadata_ofAnInstance_containsZoneWeightAndVersion() {
        var instance = new RegistryServiceInstance(ListedService.instance("payments", "p1"));
        assertThat(instance.getMetadata())
                .containsOnly(
                        Map.entry("region", "eu"),
                        Map.entry("zone", "a"),
                        Map.entry("weight", "50"),
                        Map.entry("version", "1.2.3"));
        assertThat(instance.getUri()).hasToString("http://10.0.0.1:8080");
    }

    @Test
    void host_withIpv6_isValidInAUri() {
        var instance = new RegistryServiceInstance(new RegisteredInstance(
                "p1",
                "payments",
                "2001:db8::1",
                443,
                "https",
                "",
                "",
                100,
                List.of(),
                Map.of(),
                Status.HEALTHY,
                false,
                false,
                true,
                -1));
        assertThat(instance.isSecure()).isTrue();
        assertThat(ServiceInstance.createUri(instance)).hasToString("https://[2001:db8::1]:443");
    }

    @Test
    void instances_withTheSameId_areEqualWhateverTheirState() {
        var before = ListedService.instance("payments", "p1");
        var changed = new RegisteredInstance(
                "p1",
                "payments",
                "10.0.0.9",
                80,
                "http",
                "",
                "",
                1,
                List.of(),
                Map.of(),
                Status.DRAINING,
                false,
                false,
                false,
                -1);
        assertThat(new RegistryServiceInstance(before)).isEqualTo(new RegistryServiceInstance(changed));
        assertThat(new RegistryServiceInstance(before))
                .isNotEqualTo(new RegistryServiceInstance(ListedService.instance("payments", "p2")));
    }
}
