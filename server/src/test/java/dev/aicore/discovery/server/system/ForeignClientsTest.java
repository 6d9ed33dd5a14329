package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Runs unchanged programs that follow the registry over Consul, Eureka, DNS, Prometheus' discovery and xDS. */
@Tag("clients")
class ForeignClientsTest {

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
    void consulNode_registersReportsWatchesAndDeregisters() throws IOException {
        var output =
                InstalledProgram.run("node", ExampleProcess.nodeScript("consul-node/orders.js"), registry.address());

        assertThat(output).isEqualTo("""
                registered, passing: none
                watch woken: 1 passing, index grew: true
                check: service:orders-node-1 warning slow
                in maintenance, passing: none
                after it, passing: 10.0.0.5:8080
                deregistered, services: gone
                """);
    }

    @Test
    void grpcNode_balancesOverXds() throws IOException {
        var output = InstalledProgram.run(
                "node", ExampleProcess.nodeScript("xds-node/balance.js"), registry.address(), "127.0.0.1:" + xdsPort);

        assertThat(output).isEqualTo("""
                both registered: one,two
                one draining: two
                one active: one,two
                both deregistered: UNAVAILABLE
                """);
    }

    @Test
    void goExample_registersAndDeregisters() throws IOException {
        var example = Path.of("..", "examples", "go", "main.go").toString();
        var output = InstalledProgram.run("go", "run", example, "-registry", registry.address(), "-for", "1s");

        assertThat(output).contains("registered ", "discovered ", "192.168.1.100:8080, healthy", "heartbeat");
        assertThat(output.lines().toList().getLast()).startsWith("deregistered ");
    }

    @Test
    void haproxy_followsSrvRecords() throws IOException {
        int port = RunningRegistry.freePort();
        var configuration = Files.writeString(directory.resolve("haproxy.cfg"), """
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
                """.formatted(dnsPort, port));
        try (var proxy = start("haproxy", "-db", "-f", configuration.toString())) {
            assertThat(proxy).isNotNull();
            assertBalancing("hap", port);
        }
    }

    @Test
    void caddy_followsSrvRecords() throws IOException {
        int port = RunningRegistry.freePort();
        var configuration = Files.writeString(directory.resolve("Caddyfile"), """
                {
                  admin off
                  auto_https off
                }
                http://127.0.0.1:%1$d {
                  bind 127.0.0.1
                  reverse_proxy {
                    dynamic srv _cad._tcp.service.consul {
                      refresh 200ms
                      resolvers 127.0.0.1:%2$d
                    }
                    transport http {
                      resolvers 127.0.0.1:%2$d
                    }
                  }
                }
                """.formatted(port, dnsPort));
        try (var proxy = start("caddy", "run", "--adapter", "caddyfile", "--config", configuration.toString())) {
            assertThat(proxy).isNotNull();
            assertBalancing("cad", port);
        }
    }

    /** Asserts that a proxy balances over the discoverable instances of a service, of which it registers two. */
    private static void assertBalancing(String service, int port) throws IOException {
        try (var one = NamedTarget.start("one");
                var two = NamedTarget.start("two")) {
            register(service + "-1", service, one.port());
            register(service + "-2", service, two.port());
            awaitAnswers(port, "one", "two");
            registry.put("/api/v1/services/" + service + "-1", "{\"status\":\"draining\"}");
            awaitAnswers(port, "two");
            registry.put("/api/v1/services/" + service + "-1", "{\"status\":\"active\"}");
            awaitAnswers(port, "one", "two");
        }
    }

    @Test
    void prometheus_followsHttpAndEurekaDiscovery() throws IOException {
        register("prom-1", "prom", 9);
        int port = RunningRegistry.freePort();
        var configuration = Files.writeString(directory.resolve("prometheus.yml"), """
                scrape_configs:
                  - job_name: http
                    http_sd_configs:
                      - {url: "%1$s/api/v1/prometheus/targets?service_name=prom", refresh_interval: 1s}
                  - job_name: eureka
                    eureka_sd_configs:
                      - {server: "%1$s/eureka", refresh_interval: 1s}
                    relabel_configs:
                      - {source_labels: [__meta_eureka_app_name], regex: PROM, action: keep}
                """.formatted(registry.address()));
        try (var prometheus = start(
                "prometheus",
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + directory.resolve("prometheus"),
                "--web.listen-address=127.0.0.1:" + port)) {
            assertThat(prometheus).isNotNull();
            awaitTargets(port, "eureka 127.0.0.1:9 prom-1", "http 127.0.0.1:9 prom-1");
            registry.delete("/api/v1/services/prom-1");
            awaitTargets(port);
        }
    }

    @Test
    void vmagent_followsConsulAndEurekaDiscovery() throws IOException {
        register("vm-1", "vm", 9);
        int port = RunningRegistry.freePort();
        var configuration = Files.writeString(directory.resolve("vmagent.yml"), """
                scrape_configs:
                  - job_name: consul
                    consul_sd_configs:
                      - {server: "%s", services: [vm]}
                  - job_name: eureka
                    eureka_sd_configs:
                      - {server: "%s/eureka"}
                    relabel_configs:
                      - {source_labels: [__meta_eureka_app_name], regex: VM, action: keep}
                """.formatted(
                        registry.address().substring("http://".length()), registry.address()));
        try (var vmagent = start(
                "vmagent",
                "-promscrape.config=" + configuration,
                "-promscrape.consulSDCheckInterval=1s",
                "-promscrape.eurekaSDCheckInterval=1s",
                "-remoteWrite.url=http://127.0.0.1:9/api/v1/write",
                "-remoteWrite.tmpDataPath=" + directory.resolve("vmagent"),
                "-httpListenAddr=127.0.0.1:" + port)) {
            assertThat(vmagent).isNotNull();
            awaitTargets(port, "consul 127.0.0.1:9 vm-1", "eureka 127.0.0.1:9 vm-1");
            registry.delete("/api/v1/services/vm-1");
            awaitTargets(port);
        }
    }

    private static InstalledProgram start(String program, String... arguments) throws IOException {
        return InstalledProgram.start(directory.resolve(program + ".log"), program, arguments);
    }

    /** Waits until the active targets are these, each as job, address and id of the instance. */
    private static void awaitTargets(int port, String... expected) {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            var found = new TreeSet<String>();
            JSON.readTree(fetch("http://127.0.0.1:" + port + "/api/v1/targets?state=active"))
                    .at("/data/activeTargets")
                    .forEach(target -> {
                        var labels = target.path("discoveredLabels");
                        found.add(labels.path("job").asString() + " "
                                + labels.path("__address__").asString() + " "
                                + labels.path("__meta_sd_instance_id").asString("")
                                + labels.path("__meta_consul_service_id").asString("")
                                + labels.path("__meta_eureka_app_instance_id").asString(""));
                    });
            assertThat(found).containsExactly(expected);
        });
    }

    private static void awaitAnswers(int port, String... expected) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(answers(port)).containsExactly(expected));
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

    private static void register(String id, String service, int port) throws IOException {
        registry.post("/api/v1/services", """
                        {"id": "%s", "name": "%s", "address": "127.0.0.1", "port": %d, "ttl": 3600}
                        """.formatted(id, service, port));
    }
}
