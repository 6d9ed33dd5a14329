package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** DNS, Prometheus' discovery and xDS, as their own programs use them. */
@Tag("integration")
class DiscoveryProtocolsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();

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
                List.of("--service-discovery.dns.port=" + dnsPort, "--service-discovery.xds.port=" + xdsPort));
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
    void haproxy_balancesOverInstancesFoundByDns() throws IOException {
        try (var one = target("one");
                var two = target("two")) {
            register("hap-1", "hap", "127.0.0.1", one.port(), "v1");
            register("hap-2", "hap", "127.0.0.1", two.port(), "v1");
            int port = RunningRegistry.freePort();
            var configuration = Files.writeString(directory.resolve("haproxy.cfg"), haproxy(port));
            try (var proxy = InstalledProgram.start(
                    directory.resolve("haproxy.log"), "haproxy", "-db", "-f", configuration.toString())) {
                assertThat(proxy).isNotNull();
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(answers(port)).containsExactly("one", "two"));
                registry.put("/api/v1/services/hap-1", "{\"status\":\"draining\"}");
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(answers(port)).containsExactly("two"));
                registry.put("/api/v1/services/hap-1", "{\"status\":\"active\"}");
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(answers(port)).containsExactly("one", "two"));
            }
        }
    }

    @Test
    void xdsStream_followsEndpointsOfService() throws IOException {
        register("xds-1", "xds", "10.0.0.1", 8_081, "x");
        try (var subscriber = new EndpointSubscriber(xdsPort, "xds")) {
            await().atMost(PATIENCE).until(subscriber::endpoints, Set.of("10.0.0.1:8081")::equals);
            register("xds-2", "xds", "10.0.0.2", 8_082, "x");
            await().atMost(PATIENCE).until(subscriber::endpoints, Set.of("10.0.0.1:8081", "10.0.0.2:8082")::equals);
            registry.put("/api/v1/services/xds-1", "{\"status\":\"draining\"}");
            await().atMost(PATIENCE).until(subscriber::endpoints, Set.of("10.0.0.2:8082")::equals);
            registry.delete("/api/v1/services/xds-2");
            await().atMost(PATIENCE).until(subscriber::endpoints, Set::isEmpty);
        }
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

    @Test
    void prometheus_listsRegisteredInstancesAsTargets() throws IOException {
        register("prom-1", "prom", "127.0.0.1", 9, "x");
        int port = RunningRegistry.freePort();
        var configuration = Files.writeString(directory.resolve("prometheus.yml"), """
                scrape_configs:
                  - job_name: registry
                    http_sd_configs:
                      - {url: "%s/api/v1/prometheus/targets?service_name=prom", refresh_interval: 1s}
                """.formatted(registry.address()));
        try (var prometheus = InstalledProgram.start(
                directory.resolve("prometheus.log"),
                "prometheus",
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + directory.resolve("prometheus"),
                "--web.listen-address=127.0.0.1:" + port)) {
            assertThat(prometheus).isNotNull();
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> discovered(port).contains("prom-1"));
            registry.delete("/api/v1/services/prom-1");
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> discovered(port).isEmpty());
        }
    }

    private static Set<String> discovered(int port) throws IOException, InterruptedException {
        var found = new HashSet<String>();
        JSON.readTree(fetch("http://127.0.0.1:" + port + "/api/v1/targets?state=active"))
                .at("/data/activeTargets")
                .forEach(target -> found.add(
                        target.at("/discoveredLabels/__meta_sd_instance_id").asString()));
        return found;
    }

    private static List<String> targets(String query) throws IOException, InterruptedException {
        return StreamSupport.stream(groups(query).spliterator(), false)
                .map(group -> group.at("/targets/0").asString())
                .toList();
    }

    private static JsonNode groups(String query) throws IOException, InterruptedException {
        return JSON.readTree(fetch(registry.address() + "/api/v1/prometheus/targets" + query));
    }

    private static Set<String> answers(int port) throws IOException, InterruptedException {
        var names = new TreeSet<String>();
        for (int i = 0; i < 10; i++) {
            names.add(fetch("http://127.0.0.1:" + port + "/"));
        }
        return names;
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

    private static String haproxy(int port) {
        return """
                defaults
                  mode http
                  timeout connect 5s
                  timeout client 30s
                  timeout server 30s
                resolvers registry
                  nameserver dns 127.0.0.1:%d
                  accepted_payload_size 8192
                  timeout resolve 200ms
                  timeout retry 200ms
                  hold valid 200ms
                  hold obsolete 0s
                frontend web
                  bind 127.0.0.1:%d
                  default_backend web
                backend web
                  balance roundrobin
                  server-template web 4 _hap._tcp.service.consul resolvers registry resolve-prefer ipv4 init-addr none
                """.formatted(dnsPort, port);
    }

    /** HTTP server that answers each request with its name. */
    private record NamedTarget(HttpServer server) implements AutoCloseable {
        int port() {
            return server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private static NamedTarget target(String name) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var body = name.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return new NamedTarget(server);
    }
}
