package dev.aicore.discovery.server.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs Spring Cloud Consul Config against the registry: an application imports its configuration, which was stored over
 * the REST API, and follows changes over both protocols. Needs the build of {@code examples/consul-config}.
 */
@Tag("clients")
class ConsulConfigTest {

    private static final String[] JSON = {"Content-Type", "application/json"};
    private static final String[] TEXT = {"Content-Type", "text/plain"};

    @Test
    void springClient_readsAndFollowsItsConfiguration(@TempDir Path directory) throws Exception {
        var server = DialectServer.start(directory.resolve("data"));
        try {
            server.send("PUT", "/api/v1/configurations/shop", "{\"pool\":{\"size\":20,\"wait\":0.10}}", JSON);
            server.send("PUT", "/v1/kv/config/shop,prod/data", "pool:\n  wait: 5\n", TEXT);
            try (var client = SpringConsulProcess.startConfigured(
                    server.port(),
                    "--spring.profiles.active=prod",
                    // The client waits for its four folders in turn, so this bounds the duration of the test.
                    "--spring.cloud.consul.config.watch.wait-time=1")) {
                assertThat(client.send("property pool.size")).isEqualTo("pool.size=20");
                assertThat(client.send("property pool.wait")).isEqualTo("pool.wait=5");

                server.send("PUT", "/api/v1/configurations/shop", "{\"pool\":{\"size\":21}}", JSON);
                awaitProperty(client, "pool.size=21");
                var put = server.send("PUT", "/v1/kv/config/shop/data", "pool: {size: 22}", TEXT);
                assertThat(put.body()).isEqualTo("true");
                awaitProperty(client, "pool.size=22");
                assertThat(client.send("property pool.wait")).isEqualTo("pool.wait=5");
                client.quit();
            }
            var versions = server.get("/api/v1/configurations/shop/versions").json();
            assertThat(versions.at("/data/versions").findValuesAsString("version"))
                    .containsExactly("3", "2", "1");
            var last = server.get("/v1/kv/config/shop/data")
                    .headers()
                    .firstValue("X-Consul-Index")
                    .orElseThrow();
            assertThat(server.get("/api/v1/audit?service_name=shop&action=configure&wait=20s&min_position=" + last)
                            .json()
                            .findValuesAsString("protocol"))
                    .containsExactly("rest", "consul", "rest", "consul");
        } finally {
            server.close();
        }
    }

    /** Waits until a property has a value, as {@code NAME=VALUE}. */
    private static void awaitProperty(SpringConsulProcess client, String expected) {
        var command = "property " + expected.substring(0, expected.indexOf('='));
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(client.send(command)).isEqualTo(expected));
    }
}
