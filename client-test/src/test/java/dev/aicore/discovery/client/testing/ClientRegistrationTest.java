package dev.aicore.discovery.client.testing;

import static dev.aicore.discovery.client.testing.ClientFixture.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.client.Instance;
import dev.aicore.discovery.client.Registration;
import dev.aicore.discovery.client.RegistrationState;
import dev.aicore.discovery.client.RegistryRequestException;
import dev.aicore.discovery.client.testing.ScriptedServer.Answer;
import dev.aicore.discovery.client.testing.ScriptedServer.Script;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registrations of a client, and what they survive. {@link ClientHeartbeatTest} tests their heartbeats. */
public class ClientRegistrationTest {

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "maintenance");
        thread.setDaemon(true);
        return thread;
    });

    @Test
    void registration_startsAndBecomesReady() {
        try (var fixture = new ClientFixture()) {
            Registration me = fixture.client.register(ORDERS);

            assertThat(me.status().state()).isEqualTo(RegistrationState.REGISTERED);
            assertThat(fixture.onlyOrder())
                    .containsEntry("status", "starting")
                    .containsEntry("version", "1.4.2")
                    .containsEntry("zone", "a")
                    .containsEntry("tags", List.of("canary"))
                    .containsEntry("metadata", Map.of("team", "blue"))
                    .containsEntry("id", Objects.requireNonNull(me.id()));
            fixture.time.advance(Duration.ofSeconds(10));
            fixture.eventually(() -> me.status().lastHeartbeat() != null);
            assertThat(fixture.hasOrder("starting")).isTrue();

            me.ready();
            fixture.eventually(() -> fixture.hasOrder("healthy"));
            me.notReady();
            fixture.eventually(() -> fixture.hasOrder("unhealthy"));
            me.ready();
            fixture.eventually(() -> fixture.hasOrder("healthy"));
            assertThat(me.status().ready()).isTrue();
        }
    }

    @Test
    void forgottenInstance_isRegisteredAgain_withItsHealth() {
        try (var fixture = new ClientFixture()) {
            var me = fixture.client.register(ORDERS);
            me.ready();
            fixture.eventually(() -> fixture.hasOrder("healthy"));
            String id = me.id();
            fixture.registry.forgetEverything();
            fixture.time.advance(Duration.ofSeconds(10));
            fixture.eventually(() -> fixture.hasOrder("healthy"));

            assertThat(me.id()).isEqualTo(id);
            assertThat(fixture.onlyOrder()).containsEntry("id", Objects.requireNonNull(id));
        }
    }

    @Test
    void instance_ofAnOtherStore_isRegisteredAgain() {
        try (var fixture = new ClientFixture()) {
            fixture.client.register(ORDERS).ready();
            fixture.eventually(() -> fixture.hasOrder("healthy"));
            fixture.registry.otherStore();
            fixture.time.advance(Duration.ofSeconds(10));

            fixture.eventually(() -> fixture.hasOrder("healthy"));
        }
    }

    @Test
    void deregisteredInstance_isRegisteredAgain() {
        try (var fixture = new ClientFixture()) {
            var me = fixture.client.register(ORDERS);
            fixture.registry.deregister(Objects.requireNonNull(me.id()), "alice", "cleaning up");
            fixture.time.advance(Duration.ofSeconds(10));

            fixture.eventually(() -> fixture.hasOrder("starting"));
        }
    }

    @Test
    void deregisteredInstance_staysOutIfWanted() {
        try (var fixture = new ClientFixture(options -> options.stayOutIfDeregistered())) {
            var me = fixture.client.register(ORDERS);
            fixture.registry.deregister(Objects.requireNonNull(me.id()), "alice", "cleaning up");
            fixture.time.advance(Duration.ofSeconds(10));
            fixture.eventually(() -> me.status().state() == RegistrationState.REFUSED);

            assertThat(me.status().error()).contains("alice", "cleaning up");
            assertThat(fixture.registry.instances("orders")).isEmpty();
        }
    }

    @Test
    void drainedInstance_isNotPicked_andLeavesWithAReason() {
        try (var fixture = new ClientFixture()) {
            fixture.registry.has("orders", "10.0.0.1:80");
            var orders = fixture.listed("orders");
            var me = fixture.client.register(ORDERS);
            me.ready();
            fixture.eventually(() -> orders.instances().size() == 2);

            me.drain("redeployed");
            fixture.eventually(() -> orders.instances().size() == 1);
            assertThat(me.status().state()).isEqualTo(RegistrationState.DRAINING);
            assertThat(orders.view().instances()).hasSize(2);
            fixture.time.advance(Duration.ofSeconds(10));

            me.leave("redeployed");
            fixture.eventually(() -> orders.view().instances().size() == 1);
            assertThat(me.status().state()).isEqualTo(RegistrationState.LEFT);
            assertThat(fixture.client.registrations()).isEmpty();
            var deletion = fixture.registry
                    .requests("DELETE", "/api/v1/services/" + me.id())
                    .get(0);
            assertThat(deletion.headers()).containsEntry("x-reason", "redeployed");
        }
    }

    @Test
    void drainingInstance_isNotRegisteredAgain() {
        try (var fixture = new ClientFixture()) {
            var me = fixture.client.register(ORDERS);
            me.drain();
            fixture.registry.forgetEverything();
            long before = fixture.requests("POST", "/api/v1/heartbeats");
            fixture.time.advance(Duration.ofSeconds(10));
            fixture.eventually(() -> fixture.requests("POST", "/api/v1/heartbeats") > before + 1);

            assertThat(fixture.registry.instances("orders")).isEmpty();
        }
    }

    @Test
    void registration_duringAnOutage_isMadeUpForLater() {
        try (var fixture = new ClientFixture(options -> options.startWait(Duration.ofMillis(1)))) {
            fixture.registry.away();
            var me = fixture.client.register(ORDERS);
            assertThat(me.status().state()).isEqualTo(RegistrationState.PENDING);
            fixture.eventually(() -> me.status().error() != null);
            me.ready();
            fixture.registry.back();

            fixture.eventually(() -> fixture.hasOrder("healthy"));
            // The registry has the instance before the client has the answer.
            fixture.eventually(() -> me.registered().isDone());
            assertThat(me.registered()).isCompleted();
            assertThat(me.status().error()).isNull();
        }
    }

    @Test
    void leaving_duringAnOutage_ends() {
        try (var fixture = new ClientFixture()) {
            var me = fixture.client.register(ORDERS);
            fixture.registry.away();
            me.drain();
            me.leave("stopped");

            assertThat(me.status().state()).isEqualTo(RegistrationState.LEFT);
            assertThat(me.status().error()).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65_536})
    void invalidRegistration_isRefused(int port) {
        try (var fixture = new ClientFixture()) {
            assertThatThrownBy(() -> fixture.client.register(new Instance(
                            "orders",
                            port,
                            null,
                            "10.0.0.1",
                            "",
                            "http",
                            100,
                            null,
                            "",
                            List.of(),
                            Map.of(),
                            null,
                            Duration.ofSeconds(10))))
                    .isInstanceOfSatisfying(RegistryRequestException.class, refusal -> {
                        assertThat(refusal.code()).isEqualTo("validation_failed");
                        assertThat(refusal.status()).isEqualTo(400);
                        assertThat(refusal).hasMessageContaining("port");
                    });
            assertThat(fixture.client.registrations().get(0).status().state()).isEqualTo(RegistrationState.REFUSED);
        }
    }

    @Test
    void update_changesTheDeclaration() {
        try (var fixture = new ClientFixture()) {
            var me = fixture.client.register(ORDERS);
            me.ready();
            me.update(ORDERS.metadata("configuration.version", "7"));
            fixture.eventually(
                    () -> String.valueOf(fixture.onlyOrder().get("metadata")).contains("configuration.version"));

            assertThatThrownBy(() -> me.update(Instance.of("other", 80))).isInstanceOf(IllegalArgumentException.class);
            fixture.eventually(() -> fixture.hasOrder("healthy"));
        }
    }

    @Test
    void maintenance_survivesALossOfTheRegistry() {
        try (var fixture = new ClientFixture()) {
            var me = fixture.client.register(ORDERS);
            me.ready();
            me.maintenance(true, "new disk");
            fixture.eventually(() -> fixture.hasOrder("maintenance"));
            fixture.registry.forgetEverything();
            fixture.time.advance(Duration.ofSeconds(10));
            fixture.eventually(() -> fixture.hasOrder("maintenance"));
            me.maintenance(false, "done");

            fixture.eventually(() -> fixture.hasOrder("healthy"));
        }
    }

    @Test
    void maintenance_duringAnOutage_isRepeatedUntilARegistryAnswers() {
        try (var fixture = new ClientFixture(options -> options.updateTimeout(Duration.ofHours(1)))) {
            var me = fixture.client.register(ORDERS);
            me.ready();
            fixture.eventually(() -> fixture.hasOrder("healthy"));
            fixture.registry.refuse(503);
            var update = CompletableFuture.runAsync(() -> me.maintenance(true, "new disk"), THREADS);
            fixture.eventually(() -> updates(fixture, me) > 2);
            assertThat(update).isNotDone();
            fixture.registry.back();
            fixture.eventually(update::isDone);

            assertThat(update).isCompleted();
            assertThat(fixture.hasOrder("maintenance")).isTrue();
        }
    }

    @Test
    void maintenance_withoutAnAnswerInTime_fails() {
        try (var fixture = new ClientFixture(options -> options.updateTimeout(Duration.ofSeconds(1)))) {
            var me = fixture.client.register(ORDERS);
            fixture.registry.refuse(503);
            var update = CompletableFuture.runAsync(() -> me.maintenance(true, "new disk"), THREADS);
            fixture.eventually(update::isDone);

            assertThatThrownBy(update::join).hasCauseInstanceOf(RegistryRequestException.class);
        }
    }

    @Test
    void refusedMaintenance_isNotRepeated() {
        try (var fixture = new ClientFixture()) {
            var me = fixture.client.register(ORDERS);
            fixture.registry.refuse(403);
            assertThatThrownBy(() -> me.maintenance(true, "new disk"))
                    .isInstanceOfSatisfying(
                            RegistryRequestException.class,
                            refusal -> assertThat(refusal.status()).isEqualTo(403));

            assertThat(updates(fixture, me)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leaveOrClose_endsTheRepetition(boolean leaves) {
        try (var fixture = new ClientFixture(options -> options.updateTimeout(Duration.ofHours(1)))) {
            var me = fixture.client.register(ORDERS);
            fixture.registry.refuse(503);
            var update = CompletableFuture.runAsync(() -> me.maintenance(true, "new disk"), THREADS);
            fixture.eventually(() -> updates(fixture, me) > 1);
            if (leaves) {
                me.leave("stopped");
            } else {
                fixture.client.close();
            }

            assertThatThrownBy(() -> update.get(1, TimeUnit.MINUTES))
                    .hasCauseInstanceOf(RegistryRequestException.class);
        }
    }

    private static long updates(ClientFixture fixture, Registration registration) {
        return fixture.requests("PATCH", "/api/v1/services/" + registration.id());
    }

    /** An instance must not get calls because the second request of its registration failed. */
    @Test
    void maintenanceThatFailsAfterARegistration_leavesItPendingUntilItWorks() {
        var time = new ManualTime();
        var registers = new AtomicBoolean();
        var unavailable = Answer.closing("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
        var good = Answer.closing("HTTP/1.1 200 OK\r\nX-Registry-Store: s1\r\nConnection: close\r\n\r\n"
                + "{\"success\": true, \"data\": {\"id\": \"o-1\"}, \"meta\": {}}");
        Script script = (path, number) -> switch (path) {
            case "/api/v1/services" -> registers.get() ? good : unavailable;
            case "/api/v1/services/o-1" -> number < 4 ? unavailable : good;
            default -> good;
        };
        try (var server = new ScriptedServer(script);
                var client = ClientFixture.open(List.of(server.url()), time, options -> options)) {
            var me = client.registerInBackground(ORDERS.id("o-1"));
            ClientFixture.eventually(time, () -> me.status().error() != null);
            me.maintenance(true, "new disk");
            registers.set(true);
            ClientFixture.eventually(time, () -> me.status().state() == RegistrationState.REGISTERED);

            assertThat(server.requests("/api/v1/services/o-1")).isGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void localAddress_isThatWhichReachesTheRegistry() {
        try (var fixture = new ClientFixture()) {
            fixture.client.register(Instance.of("orders", 8080));

            assertThat(fixture.onlyOrder()).containsEntry("address", "127.0.0.1");
        }
    }

    @Test
    void configuration_isRead() {
        try (var fixture = new ClientFixture()) {
            fixture.registry.configuration("orders", "{\"pool\": {\"size\": 20}}");
            fixture.registry.configuration("orders", "{\"pool\": {\"size\": 30}}");

            var newest = fixture.client.configuration("orders").orElseThrow();
            assertThat(newest.version()).isEqualTo(2);
            assertThat(newest.values()).isEqualTo(Map.of("pool", Map.of("size", 30L)));
            assertThat(fixture.client.configuration("orders", 1).orElseThrow().values())
                    .isEqualTo(Map.of("pool", Map.of("size", 20L)));
            assertThat(fixture.client.configuration("unknown")).isEmpty();
        }
    }
}
