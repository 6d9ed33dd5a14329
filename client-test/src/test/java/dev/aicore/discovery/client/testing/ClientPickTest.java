package dev.aicore.discovery.client.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.client.NoInstanceException;
import dev.aicore.discovery.client.PickStrategy;
import dev.aicore.discovery.client.Service;
import dev.aicore.discovery.client.ServiceOptions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Picks of a client, and what their outcomes cause. */
public class ClientPickTest {

    private static final int PICKS = 300;

    private static Map<String, Integer> counts(Service service) {
        var counts = new HashMap<String, Integer>();
        for (int i = 0; i < PICKS; i++) {
            counts.merge(ClientFixture.pickedAddress(service), 1, Integer::sum);
        }
        return counts;
    }

    private static ClientFixture withThree() {
        var fixture = new ClientFixture();
        for (int i = 1; i <= 3; i++) {
            fixture.registry.has("payments", "10.0.0." + i + ":80", Map.of("weight", 100L * i));
        }
        fixture.listed("payments");
        return fixture;
    }

    private static Service service(ClientFixture fixture, PickStrategy strategy) {
        return fixture.client.service("payments", ServiceOptions.defaults().strategy(strategy));
    }

    @ParameterizedTest
    @EnumSource
    void strategy_picksOnlyListedInstances(PickStrategy strategy) {
        try (var fixture = withThree()) {
            assertThat(counts(service(fixture, strategy)).keySet()).isSubsetOf("10.0.0.1", "10.0.0.2", "10.0.0.3");
        }
    }

    @Test
    void roundRobin_isEqual_andWeighted_isProportional() {
        try (var fixture = withThree()) {
            assertThat(counts(service(fixture, PickStrategy.ROUND_ROBIN)))
                    .isEqualTo(Map.of("10.0.0.1", 100, "10.0.0.2", 100, "10.0.0.3", 100));
            assertThat(counts(service(fixture, PickStrategy.WEIGHTED)))
                    .isEqualTo(Map.of("10.0.0.1", 50, "10.0.0.2", 100, "10.0.0.3", 150));
        }
    }

    @Test
    void leastConnections_avoidsInstancesWithCalls() {
        try (var fixture = withThree()) {
            var payments = service(fixture, PickStrategy.LEAST_CONNECTIONS);
            var addresses = new HashSet<String>();
            var picks = List.of(payments.pick(), payments.pick(), payments.pick(), payments.pick(), payments.pick());
            picks.forEach(pick -> addresses.add(pick.instance().address()));
            picks.forEach(pick -> pick.discarded());
            picks.forEach(pick -> pick.close());

            assertThat(addresses).contains("10.0.0.2", "10.0.0.3");
        }
    }

    @Test
    void instance_chosenByTheCaller_countsAsALoad() {
        try (var fixture = withThree()) {
            var payments = service(fixture, PickStrategy.LEAST_CONNECTIONS);
            var chosen = payments.instances().get(0);
            try (var call = payments.call(chosen)) {
                assertThat(call.instance()).isEqualTo(chosen);
                for (int i = 0; i < 3; i++) {
                    try (var pick = payments.pick()) {
                        assertThat(pick.instance().id()).isNotEqualTo(chosen.id());
                        pick.succeeded();
                    }
                }
                try (var next = call.next()) {
                    assertThat(next.instance().id()).isNotEqualTo(chosen.id());
                    next.succeeded();
                }
            }
        }
    }

    @Test
    void key_hasTheSameInstanceInEveryClient() {
        try (var fixture = withThree();
                var other = ClientFixture.open(List.of(fixture.registry.url()), fixture.time, options -> options)) {
            var theirs = other.service("payments");
            fixture.eventually(() -> theirs.instances().size() == 3);
            var ours = fixture.client.service("payments");
            for (int i = 0; i < 100; i++) {
                try (var one = ours.pick("key-" + i);
                        var same = theirs.pick("key-" + i)) {
                    assertThat(one.instance()).isEqualTo(same.instance());
                    one.succeeded();
                    same.succeeded();
                }
            }
        }
    }

    @Test
    void instanceOnTrial_getsATenthOfThePicks() {
        try (var fixture = withThree()) {
            String id =
                    String.valueOf(fixture.registry.instances("payments").get(0).get("id"));
            String address =
                    String.valueOf(fixture.registry.instances("payments").get(0).get("address"));
            fixture.registry.breaker(id, "half_open");
            var payments = service(fixture, PickStrategy.ROUND_ROBIN);
            fixture.eventually(() -> payments.view().doubtful().size() == 1);

            assertThat(counts(payments)).containsEntry(address, PICKS / 10);
        }
    }

    @Test
    void options_selectInstances() {
        try (var fixture = new ClientFixture()) {
            fixture.registry.has("payments", "10.0.0.1:80", Map.of("version", "1.4.0", "tags", List.of("canary")));
            fixture.registry.has("payments", "10.0.0.2:80", Map.of("version", "2.0.0"));
            fixture.listed("payments");
            var options = ServiceOptions.defaults();

            assertThat(counts(fixture.client.service("payments", options.version("^1.2"))))
                    .containsOnlyKeys("10.0.0.1");
            assertThat(counts(fixture.client.service("payments", options.tag("canary"))))
                    .containsOnlyKeys("10.0.0.1");
            assertThatThrownBy(() -> fixture.client
                            .service("payments", options.version("^9"))
                            .pick())
                    .isInstanceOf(NoInstanceException.class)
                    .hasMessageContaining("^9");
        }
    }

    @Test
    void panic_picksUnhealthyInstances() {
        try (var fixture = new ClientFixture()) {
            String id = fixture.registry.has("payments", "10.0.0.1:80");
            var payments = fixture.listed("payments");
            fixture.registry.health(id, "unhealthy");
            fixture.eventually(() -> payments.view().panic());

            assertThat(ClientFixture.pickedAddress(payments)).isEqualTo("10.0.0.1");
        }
    }

    @Test
    void failingInstance_isEjectedForAWhile_andReported() {
        try (var fixture = new ClientFixture()) {
            String failing = fixture.registry.has("payments", "10.0.0.1:80");
            fixture.registry.has("payments", "10.0.0.2:80");
            fixture.registry.has("payments", "10.0.0.3:80");
            var payments = fixture.listed("payments");
            for (int failures = 0; failures < 5; ) {
                try (var pick = payments.pick()) {
                    if (pick.instance().id().equals(failing)) {
                        failures++;
                    } else {
                        pick.succeeded();
                    }
                }
            }
            for (int i = 0; i < 100; i++) {
                assertThat(ClientFixture.pickedAddress(payments)).isNotEqualTo("10.0.0.1");
            }
            assertThat(fixture.client.status().services().get(0).ejected()).isEqualTo(1);
            fixture.eventually(() -> fixture.requests("POST", "/api/v1/outcomes") == 1);
            assertThat(fixture.registry
                            .requests("POST", "/api/v1/outcomes")
                            .get(0)
                            .body())
                    .contains("\"failures\":5");

            fixture.eventually(() -> ClientFixture.pickedAddress(payments).equals("10.0.0.1"));
        }
    }

    @Test
    void lastInstance_isNeverEjected() {
        try (var fixture = new ClientFixture()) {
            fixture.registry.has("payments", "10.0.0.1:80");
            var payments = fixture.listed("payments");
            for (int i = 0; i < 30; i++) {
                payments.pick().close();
            }
            assertThat(ClientFixture.pickedAddress(payments)).isEqualTo("10.0.0.1");
        }
    }

    @Test
    void retries_tryEachInstanceOnce() {
        try (var fixture = new ClientFixture()) {
            for (int i = 1; i <= 3; i++) {
                fixture.registry.has("payments", "10.0.0." + i + ":80");
            }
            var pick = fixture.listed("payments").pick();
            var tried = new HashSet<String>();
            tried.add(pick.instance().address());
            pick = pick.next();
            tried.add(pick.instance().address());
            var last = pick.next();
            tried.add(last.instance().address());

            assertThat(tried).hasSize(3);
            assertThatThrownBy(last::next)
                    .isInstanceOf(NoInstanceException.class)
                    .hasMessageContaining("tried");
        }
    }
}
