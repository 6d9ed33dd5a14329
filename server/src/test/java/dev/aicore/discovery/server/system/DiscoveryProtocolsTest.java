package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests DNS, Prometheus' discovery and xDS on the wire. */
@Tag("integration")
class DiscoveryProtocolsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();

    private static final Pattern STATUS = Pattern.compile("status: ([A-Z]+),");

    @TempDir
    static Path directory;

    private static RunningRegistry registry;
    private static int dnsPort;
    private static int xdsPort;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws IOException {
        dnsPort = RunningRegistry.freePort();
        xdsPort = RunningRegistry.freePort();
        registry = RunningRegistry.start(
                directory,
                List.of(
                        "--service-discovery.dns.port=" + dnsPort,
                        "--service-discovery.xds.port=" + xdsPort,
                        "--service-discovery.registry.discovery.stale-limit=1s"));
    }

    @AfterAll
    static void stop() {
        registry.close();
        HTTP.close();
    }

    @Test
    void dig_followsInstancesOfService() throws IOException {
        register("dig-1", "Dig-Shop", "10.0.0.1", 8_081, "blue");
        long both = register("dig-2", "Dig-Shop", "10.0.0.2", 8_082, "green");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(dig("dig-shop.service.consul", "A"))
                        .containsExactlyInAnyOrder("10.0.0.1", "10.0.0.2"));
        assertThat(dig("blue.dig-shop.service.sd.local", "A")).containsExactly("10.0.0.1");
        assertThat(dig("_dig-shop._tcp.service.consul", "SRV"))
                .containsExactlyInAnyOrder(
                        "1 100 8081 0a000001.addr.dc1.consul.", "1 100 8082 0a000002.addr.dc1.consul.");
        assertThat(dig("_dig-shop._tcp.service.consul", "SRV", "+tcp")).hasSize(2);

        registry.put("/api/v1/services/dig-1", "{\"status\":\"maintenance\"}");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(dig("dig-shop.service.consul", "A")).containsExactly("10.0.0.2"));
        registry.delete("/api/v1/services/dig-2");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(digAll("dig-shop.service.consul", "A"))
                        .contains("status: NXDOMAIN", "flags: qr aa rd;", "IN\tSOA"));
        assertThat(dig("dig-shop.at-" + both + ".service.consul", "A"))
                .containsExactlyInAnyOrder("10.0.0.1", "10.0.0.2");
        assertThat(digAll("dig-shop.at-999999999.service.consul", "A")).contains("status: REFUSED");
    }

    @Test
    void dig_withUnsupportedQueries_isRefused() throws IOException {
        assertThat(digAll("example.org", "A")).contains("status: REFUSED");
        assertThat(digAll("consul", "AXFR", "+notcp")).containsAnyOf("REFUSED", "Transfer failed");
        assertThat(digAll("version.bind", "TXT", "-c", "CH")).contains("status: REFUSED");
        assertThat(digAll("consul", "SOA", "+opcode=UPDATE")).contains("status: NOTIMP");
        assertThat(digAll("consul", "SOA", "+edns=1", "+noednsnegotiation")).contains("status: BADVERS");
    }

    @Test
    void xdsStreams_followEndpointsOfService() throws IOException {
        register("xds-1", "xds", "10.0.0.1", 8_081, "x");
        try (var aggregated = new EndpointSubscriber(xdsPort, "xds", true);
                var separate = new EndpointSubscriber(xdsPort, "xds", false)) {
            for (var subscriber : List.of(aggregated, separate)) {
                await().atMost(PATIENCE).until(subscriber::endpoints, Set.of("10.0.0.1:8081")::equals);
            }
            register("xds-2", "xds", "10.0.0.2", 8_082, "x");
            for (var subscriber : List.of(aggregated, separate)) {
                await().atMost(PATIENCE).until(subscriber::endpoints, Set.of("10.0.0.1:8081", "10.0.0.2:8082")::equals);
            }
            registry.put("/api/v1/services/xds-1", "{\"status\":\"draining\"}");
            registry.delete("/api/v1/services/xds-2");
            for (var subscriber : List.of(aggregated, separate)) {
                await().atMost(PATIENCE).until(subscriber::endpoints, Set::isEmpty);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "rest | 10.1.0.1 | cross-rest-1 | POST /api/v1/services | "
                        + "{'id': 'cross-rest-1', 'name': 'cross-rest', 'address': '10.1.0.1', 'port': 80, 'ttl': 600}",
                "eureka | 10.1.0.2 | cross-eureka:e1 | POST /eureka/apps/CROSS-EUREKA | "
                        + "{'instance': {'app': 'CROSS-EUREKA', 'instanceId': 'e1', 'vipAddress': 'cross-eureka', "
                        + "'hostName': '10.1.0.2', 'ipAddr': '10.1.0.2', 'port': {'$': 80, '@enabled': 'true'}, "
                        + "'status': 'UP', 'dataCenterInfo': {'@class': 'any', 'name': 'MyOwn'}}}",
                "consul | 10.1.0.3 | c1@localhost | PUT /v1/agent/service/register | "
                        + "{'ID': 'c1', 'Name': 'cross-consul', 'Address': '10.1.0.3', 'Port': 80}"
            })
    void instance_ofEachProtocol_isFoundInAllAndItsHistoryNamesTheProtocol(
            String protocol, String address, String id, String request, String body) throws Exception {
        var service = "cross-" + protocol;
        var path = request.substring(request.indexOf(' ') + 1);
        var json = body.replace('\'', '"');
        assertThat((request.startsWith("PUT") ? registry.put(path, json) : registry.post(path, json)).status())
                .isBetween(200, 204);
        try (var consul = new ConsulClient(registry.address());
                var xds = new EndpointSubscriber(xdsPort, service, true)) {
            await().atMost(PATIENCE).until(() -> xds.endpoints().equals(Set.of(address + ":80")));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(found(consul, service, "")).containsOnly(address));
            assertThat(dig(service + ".service.consul", "A")).containsExactly(address);
            assertThat(targets("?service_name=" + service)).containsExactly(address + ":80");
            long position = registry.get("/api/v1/services/" + id).position();

            assertThat(consul.put("/v1/agent/service/maintenance/" + id + "?enable=true&reason=new+disk")
                            .status())
                    .isEqualTo(200);

            await().atMost(PATIENCE).until(xds::endpoints, Set::isEmpty);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(found(consul, service, "")).containsOnly("none"));
            assertThat(digAll(service + ".service.consul", "A")).contains("status: NXDOMAIN");
            assertThat(found(consul, service, "&at=" + position)).containsOnly(address);
            assertThat(dig(service + ".at-" + position + ".service.consul", "A"))
                    .containsExactly(address);
        }
        var entries = registry.get("/api/v1/services/" + id + "/history").body().at("/data/entries");
        assertThat(entries.get(0).at("/type").asString()).isEqualTo("InstanceRegistered");
        assertThat(entries.get(0).at("/protocol").asString()).isEqualTo(protocol);
        var last = entries.get(entries.size() - 1);
        assertThat(last.at("/protocol").asString()).isEqualTo("consul");
        assertThat(last.at("/actor").asString()).isEqualTo("anonymous");
        assertThat(last.at("/source_address").asString()).isEqualTo("127.0.0.1");
        assertThat(last.at("/reason").asString()).isEqualTo("new disk");
    }

    /** Returns the address of the only discoverable instance in each protocol over HTTP; {@code none} without one. */
    private static List<String> found(ConsulClient http, String service, String at) throws IOException {
        var discovered =
                registry.get("/api/v1/discover?service_name=" + service + at).body();
        var consul = http.get("/v1/health/service/" + service + "?passing" + at).json();
        var applications = http.get("/eureka/vips/" + service + (at.isEmpty() ? "" : "?" + at.substring(1)))
                .text();
        var up = Pattern.compile("<ipAddr>([^<]+)</ipAddr>(?:(?!</instance>).)*<status>UP</status>", Pattern.DOTALL)
                .matcher(applications);
        return List.of(
                discovered.at("/data/services/0/address").asString("none"),
                consul.at("/0/Service/Address").asString("none"),
                up.find() ? up.group(1) : "none");
    }

    @Test
    void storesAway_dnsFailsAndXdsIsSilentUntilTheyAreBack() throws IOException {
        var name = "away.service.consul";
        register("away-1", "away", "10.0.0.1", 8_081, "x");
        try (var subscriber = new EndpointSubscriber(xdsPort, "away", true)) {
            var kept = Set.of("10.0.0.1:8081");
            await().atMost(PATIENCE).until(subscriber::endpoints, kept::equals);
            int responses = subscriber.responses();
            var away = CompletableFuture.runAsync(() -> registry.store().keepAway(Duration.ofSeconds(4)));
            var statuses = new ArrayList<String>();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
                statuses.add(status(digAll(name, "A")));
                return statuses.getLast().equals("SERVFAIL");
            });
            assertThat(status(digAll("nobody.service.consul", "A"))).isEqualTo("SERVFAIL");
            away.join();

            assertThat(statuses).isSubsetOf("NOERROR", "SERVFAIL");
            assertThat(subscriber.endpoints()).isEqualTo(kept);
            assertThat(subscriber.responses())
                    .as("sent while the state was unknown")
                    .isEqualTo(responses);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(dig(name, "A")).containsExactly("10.0.0.1"));
            await().atMost(PATIENCE)
                    .until(() -> registry.get("/health?deep=true").status() == 200);
            register("away-2", "away", "10.0.0.2", 8_082, "x");
            await().atMost(PATIENCE).until(subscriber::endpoints, Set.of("10.0.0.1:8081", "10.0.0.2:8082")::equals);
        }
        await("projections that recovered")
                .atMost(PATIENCE)
                .until(() -> registry.get("/api/v1/services/away-2").status() == 200);
    }

    private static String status(String answer) {
        var found = STATUS.matcher(answer);
        return found.find() ? found.group(1) : "no answer";
    }

    @Test
    void prometheusTargets_haveLabelsAndFollowTheRegistry() throws IOException, InterruptedException {
        long position = registry.post("/api/v1/services", """
                        {"id": "pt-1", "name": "pt", "address": "2001:db8::1", "port": 80, "ttl": 3600, "zone": "z1",
                         "version": "1.2.0", "tags": ["a-b"], "metadata": {"team.name": "x", "metrics_port": "9100"}}
                        """).position();
        register("pt-2", "pt", "10.0.0.2", 8_080, "c");

        var response = HTTP.send(
                HttpRequest.newBuilder(URI.create(registry.address() + "/api/v1/prometheus/targets"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(JSON.readTree(response.body()).isArray()).isTrue();
        assertThat(targets("?tag=a-b&service_name=pt")).containsExactly("[2001:db8::1]:80");
        assertThat(targets("?tag=a-b&service_name=pt&port_meta=metrics_port")).containsExactly("[2001:db8::1]:9100");
        var labels = groups("?service_name=pt&metadata.team.name=x").get(0).get("labels");
        assertThat(labels).isEqualTo(JSON.readTree("""
                {"__meta_sd_service": "pt", "__meta_sd_version": "1.2.0", "__meta_sd_namespace": "default",
                 "__meta_sd_instance_id": "pt-1", "__meta_sd_health": "healthy", "__meta_sd_zone": "z1",
                 "__meta_sd_tag_a_b": "true", "__meta_sd_meta_metrics_port": "9100", "__meta_sd_meta_team_name": "x"}
                """));
        registry.delete("/api/v1/services/pt-1");
        assertThat(targets("?service_name=pt")).containsExactly("10.0.0.2:8080");
        assertThat(targets("?service_name=pt&at=" + position)).containsExactly("[2001:db8::1]:80");
        assertThat(targets("?service_name=nobody")).isEmpty();
        assertThat(registry.get("/api/v1/prometheus/targets?colour=x").status()).isEqualTo(400);
    }

    private static List<String> targets(String query) throws IOException, InterruptedException {
        return StreamSupport.stream(groups(query).spliterator(), false)
                .map(group -> group.at("/targets/0").asString())
                .toList();
    }

    private static JsonNode groups(String query) throws IOException, InterruptedException {
        return JSON.readTree(fetch(registry.address() + "/api/v1/prometheus/targets" + query));
    }

    private static String fetch(String url) throws IOException, InterruptedException {
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create(url))
                                .timeout(PATIENCE)
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private static long register(String id, String service, String address, int port, String tag) throws IOException {
        return registry.post("/api/v1/services", """
                        {"id": "%s", "name": "%s", "address": "%s", "port": %d, "ttl": 3600, "tags": ["%s"]}
                        """.formatted(id, service, address, port, tag))
                .position();
    }

    private static List<String> dig(String name, String... options) throws IOException {
        return run(name, "+short", options).lines().toList();
    }

    private static String digAll(String name, String... options) throws IOException {
        return run(name, "+all", options);
    }

    private static String run(String name, String form, String... options) throws IOException {
        var arguments = new ArrayList<>(
                List.of("@127.0.0.1", "-p", String.valueOf(dnsPort), "+tries=1", "+time=10", form, name));
        arguments.addAll(List.of(options));
        return InstalledProgram.run("dig", arguments.toArray(String[]::new));
    }
}
