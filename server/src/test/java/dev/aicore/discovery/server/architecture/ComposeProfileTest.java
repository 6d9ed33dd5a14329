package dev.aicore.discovery.server.architecture;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Compares the nodes of the Compose profile for several nodes with each other and with the file of HAProxy. */
class ComposeProfileTest {

    private static final Path ROOT = Path.of("..");
    private static final String PROFILE = "ha";
    private static final String PROXY = "haproxy";
    private static final String ADVERTISED_ADDRESS = "SERVICE_DISCOVERY__CLUSTER__ADVERTISED_ADDRESS";
    private static final String TRUSTED_PROXIES = "SERVICE_DISCOVERY__SERVER__TRUSTED_PROXIES";
    private static final Pattern SERVER = Pattern.compile("(?m)^  server (\\S+) \\1:8080$");

    private final Map<String, Map<String, Object>> services = new TreeMap<>();
    private final Map<String, Map<String, Object>> nodes = new TreeMap<>();

    @BeforeEach
    void readServices() throws IOException {
        services.putAll(child(new Yaml().load(Files.readString(ROOT.resolve("docker-compose.yml"))), "services"));
        services.forEach((name, service) -> {
            if (List.of(PROFILE).equals(service.get("profiles")) && !name.equals(PROXY)) {
                nodes.put(name, service);
            }
        });
    }

    @Test
    void proxy_knowsAllNodes() throws IOException {
        var known = SERVER.matcher(Files.readString(ROOT.resolve("deploy/haproxy/haproxy.cfg")))
                .results()
                .map(server -> server.group(1))
                .toList();

        assertThat(known).hasSize(3).containsExactlyElementsOf(nodes.keySet());
        assertThat(services.get(PROXY)).containsEntry("depends_on", known);
    }

    /** All must accept the same tokens, and each must be found by its own name. */
    @Test
    void nodes_differOnlyInTheirAddress() {
        var first = nodes.values().iterator().next();

        assertThat(environment(first)).containsKeys("DATABASE_URL_FILE", "REDIS_URL_FILE", "JWT_SECRET_FILE");
        assertThat(nodes).allSatisfy((name, node) -> {
            assertThat(environment(node)).containsEntry(ADVERTISED_ADDRESS, name);
            assertThat(withoutAddress(node)).isEqualTo(withoutAddress(first));
        });
    }

    @Test
    void nodes_trustOnlyTheProxy() {
        Map<String, Map<String, Object>> networks = child(requireNonNull(services.get(PROXY)), "networks");
        var address = requireNonNull(networks.get("proxy")).get("ipv4_address");

        assertThat(address).isNotNull();
        assertThat(nodes)
                .allSatisfy((_, node) -> assertThat(environment(node)).containsEntry(TRUSTED_PROXIES, address));
    }

    /** Without the profile the stack is one node, whose port is the only one that is published. */
    @Test
    void defaultStack_isOneNode() {
        assertThat(services.get("service-discovery"))
                .doesNotContainKey("profiles")
                .containsKey("ports");
        assertThat(nodes).hasSize(3).allSatisfy((_, node) -> assertThat(node).doesNotContainKey("ports"));
    }

    private static Map<String, Object> withoutAddress(Map<String, Object> node) {
        var environment = new TreeMap<>(environment(node));
        environment.remove(ADVERTISED_ADDRESS);
        var rest = new TreeMap<>(node);
        rest.put("environment", environment);
        return rest;
    }

    private static Map<String, Object> environment(Map<String, Object> node) {
        return child(node, "environment");
    }

    @SuppressWarnings("unchecked")
    private static <T> Map<String, T> child(Map<String, ?> parent, String name) {
        return (Map<String, T>) requireNonNull(parent.get(name));
    }
}
