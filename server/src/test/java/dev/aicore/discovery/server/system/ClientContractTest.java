package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.client.ClientStatus;
import dev.aicore.discovery.client.Instance;
import dev.aicore.discovery.client.PickStrategy;
import dev.aicore.discovery.client.RegistrationState;
import dev.aicore.discovery.client.RegistryClient;
import dev.aicore.discovery.client.Service;
import dev.aicore.discovery.client.ServiceOptions;
import dev.aicore.discovery.client.testing.DiscoveryContract;
import dev.aicore.discovery.client.testing.RegistryContract;
import dev.aicore.discovery.client.testing.WatchContract;
import dev.aicore.discovery.config.testing.TcpProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the contract of the registry for tests, and the Java client, on the server. */
@Tag("integration")
class ClientContractTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Time for which a client is cut off. */
    private static final Duration CUT_OFF = Duration.ofSeconds(FaultTestSize.of(3, 120));

    private static RunningRegistry registry;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        registry = RunningRegistry.start(directory);
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @Nested
    class RegistryTest extends RegistryContract {

        @Override
        protected URI url() {
            return URI.create(registry.address());
        }
    }

    @Nested
    class DiscoveryTest extends DiscoveryContract {

        @Override
        protected URI url() {
            return URI.create(registry.address());
        }
    }

    @Nested
    class WatchTest extends WatchContract {

        @Override
        protected URI url() {
            return URI.create(registry.address());
        }
    }

    @Test
    void client_registersFindsDrainsAndLeaves() {
        String name = "client-" + UUID.randomUUID();
        try (var client = RegistryClient.at(registry.address()).open()) {
            var first = client.register(Instance.of(name, 8080));
            var second = client.register(Instance.of(name, 8081));
            Service service = client.service(name);
            first.ready();
            second.ready();
            await().atMost(PATIENCE).until(() -> service.instances().size() == 2);
            try (var pick = service.pick()) {
                pick.succeeded();
                assertThat(pick.uri()).hasScheme("http").hasHost("127.0.0.1");
            }

            first.drain("redeployed");
            await().atMost(PATIENCE).until(() -> service.instances().size() == 1);
            assertThat(service.view().instances()).hasSize(2);
            first.leave("redeployed");
            await().atMost(PATIENCE).until(() -> service.view().instances().size() == 1);
            assertThat(first.status().state()).isEqualTo(RegistrationState.LEFT);
            second.notReady();
            await().atMost(PATIENCE).until(() -> service.view().panic());
            second.leave("done");
        }
    }

    @Test
    void client_afterADeregistrationByAnOperator_registersAgain() throws IOException {
        String name = "client-" + UUID.randomUUID();
        try (var client = RegistryClient.at(registry.address()).open()) {
            var me = client.register(Instance.of(name, 8080));
            me.ready();
            Service service = client.service(name);
            await().atMost(PATIENCE).until(() -> service.instances().size() == 1);
            registry.delete("/api/v1/services/" + Objects.requireNonNull(me.id()), "by mistake");
            await().atMost(PATIENCE).until(() -> service.view().instances().isEmpty());

            me.ready();
            await().atMost(PATIENCE).until(() -> service.instances().size() == 1);
            me.leave("done");
        }
    }

    @Test
    @Tag(FaultTestSize.TAG)
    @Timeout(600)
    void viewOfClientThatWasCutOff_isTheOldListWithItsAge_andHasWhatItPicked() throws IOException {
        String name = "payments-" + UUID.randomUUID();
        String kept = registerForAnHour(name, "10.0.0.1");
        String gone = registerForAnHour(name, "10.0.0.2");
        try (var proxy = TcpProxy.to(URI.create(registry.address()).getPort());
                var client =
                        RegistryClient.at("http://127.0.0.1:" + proxy.port()).open()) {
            Service payments = client.service(name, ServiceOptions.defaults().strategy(PickStrategy.ROUND_ROBIN));
            var me = client.register(
                    Instance.of("orders-" + UUID.randomUUID(), 8080).ttl(Duration.ofSeconds(6)));
            me.ready();
            String view = "/api/v1/services/" + me.id() + "/view?service_name=" + name;
            await().atMost(PATIENCE).until(() -> payments.instances().size() == 2);
            await().atMost(PATIENCE).until(() -> ids(view).containsAll(List.of(kept, gone)));

            proxy.cut();
            registry.delete("/api/v1/services/" + gone, "moved");
            await().atMost(CUT_OFF.plus(PATIENCE))
                    .until(() -> registry.get(view).body().at("/data/age_ms").asLong() >= CUT_OFF.toMillis());
            var picked = Stream.generate(() -> pickedId(payments)).limit(4).toList();
            var cutOff = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            proxy.restore();
            await().atMost(PATIENCE).until(() -> ids(view).equals(List.of(kept)));

            assertThat(payments.instances()).extracting("id").containsExactly(kept);
            var afterwards = registry.get(view + "&at=" + cutOff).body().at("/data");
            assertThat(ids(view + "&at=" + cutOff)).containsExactly(kept, gone).containsAll(picked);
            assertThat(picked).contains(gone);
            assertThat(afterwards.at("/age_ms").asLong()).isGreaterThanOrEqualTo(CUT_OFF.toMillis());
            assertThat(afterwards.at("/confirmed_at").asString()).isLessThan(cutOff.toString());
            assertThat(ids("/api/v1/services/" + name + "/instances?at=" + cutOff))
                    .containsExactly(kept);
            me.leave("done");
        }
    }

    private static String registerForAnHour(String name, String address) throws IOException {
        var reply = registry.post(
                "/api/v1/services",
                "{\"id\": \"%s:%s\", \"name\": \"%s\", \"address\": \"%s\", \"port\": 80, \"ttl\": 3600}"
                        .formatted(name, address, name, address));
        return reply.body().at("/data/id").asString();
    }

    private static List<String> ids(String path) throws IOException {
        var services = registry.get(path).body().at("/data/services");
        return services.valueStream()
                .map(service -> service.at("/id").asString())
                .toList();
    }

    private static String pickedId(Service service) {
        try (var pick = service.pick()) {
            pick.succeeded();
            return pick.instance().id();
        }
    }

    @Test
    void client_watchesSeveralServices() {
        String name = "client-" + UUID.randomUUID();
        try (var client = RegistryClient.at(registry.address()).open()) {
            Service one = client.service(name + "-1");
            Service two = client.service(name + "-2");
            var first = client.register(Instance.of(name + "-1", 8080));
            var second = client.register(Instance.of(name + "-2", 8080));
            first.ready();
            second.ready();
            await().atMost(PATIENCE)
                    .until(() -> one.instances().size() == 1 && two.instances().size() == 1);

            assertThat(client.status().transport())
                    .isIn(ClientStatus.Transport.STREAM, ClientStatus.Transport.STREAM_PER_SERVICE);
            first.leave("done");
            second.leave("done");
        }
    }
}
