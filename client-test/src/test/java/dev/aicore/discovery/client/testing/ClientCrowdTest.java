package dev.aicore.discovery.client.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.client.RegistryClient;
import dev.aicore.discovery.client.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many instances, and many clients. */
@Tag("integration")
public class ClientCrowdTest {

    private static final int INSTANCES = 10_000;
    private static final int FLAPS = 600;
    private static final int CLIENTS = 1_000;

    @Test
    void tenThousandFlappingInstances_areListedAsTheRegistryHasThem() {
        try (var fixture = new ClientFixture()) {
            var ids = IntStream.range(0, INSTANCES)
                    .mapToObj(i -> fixture.registry.has("payments", "10.%d.%d.1:80".formatted(i / 256, i % 256)))
                    .toList();
            Service payments = fixture.listed("payments");
            for (int i = 0; i < FLAPS; i++) {
                // Each third instance is unhealthy at the end, each other one flaps and is healthy.
                fixture.registry.health(ids.get(i), "unhealthy");
                if (i % 3 != 0) {
                    fixture.registry.health(ids.get(i), "healthy");
                }
            }
            var expected = fixture.registry.instances("payments").stream()
                    .collect(Collectors.toMap(ClientCrowdTest::id, instance -> String.valueOf(instance.get("status"))));
            fixture.eventually(() -> statuses(payments).equals(expected));

            assertThat(payments.instances()).hasSize(INSTANCES - (FLAPS + 2) / 3);
        }
    }

    private static String id(Map<String, Object> instance) {
        return String.valueOf(instance.get("id"));
    }

    private static Map<String, String> statuses(Service service) {
        return service.view().instances().stream()
                .collect(Collectors.toMap(
                        instance -> instance.id(),
                        instance -> instance.status().name().toLowerCase(Locale.ROOT)));
    }

    /** They share a clock, which is advanced for all of them. */
    @Test
    void thousandClients_thatReconnectAtOnce_allContinue() {
        var time = new ManualTime();
        var clients = new ArrayList<RegistryClient>();
        try (var registry = new TestRegistry()) {
            registry.has("payments", "10.0.0.1:80");
            var services = new ArrayList<Service>();
            for (int i = 0; i < CLIENTS; i++) {
                var client = ClientFixture.open(List.of(registry.url()), time, options -> options);
                clients.add(client);
                services.add(client.service("payments"));
            }
            ClientFixture.eventually(time, () -> allHave(services, 1));
            long before = registry.requests("GET", "/api/v1/watch").size();
            registry.cutStreams();
            registry.has("payments", "10.0.0.2:80");
            assertThat(services)
                    .allSatisfy(service -> assertThat(service.instances()).isNotEmpty());
            ClientFixture.eventually(time, () -> allHave(services, 2));

            var reconnects = registry.requests("GET", "/api/v1/watch").stream().skip(before);
            assertThat(reconnects)
                    .hasSizeBetween(CLIENTS, 2 * CLIENTS)
                    .allSatisfy(request -> assertThat(request.headers()).containsKey("last-event-id"));
        } finally {
            clients.forEach(RegistryClient::close);
        }
    }

    private static boolean allHave(List<Service> services, int size) {
        return services.stream().allMatch(service -> service.instances().size() == size);
    }
}
