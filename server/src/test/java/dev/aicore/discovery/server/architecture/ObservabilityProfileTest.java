package dev.aicore.discovery.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares the services of the Compose profile that observes the registry with each other and with their files. */
class ObservabilityProfileTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Path ROOT = Path.of("..");
    private static final Path MONITORING = ROOT.resolve("deploy/monitoring");
    private static final String REGISTRY = "service-discovery";

    private final List<String> observers = new ArrayList<>();
    private JsonNode services = JSON.createObjectNode();

    @BeforeEach
    void readServices() throws IOException {
        services = yaml(ROOT.resolve("docker-compose.yml")).path("services");
        services.propertyStream()
                .filter(service ->
                        service.getValue().at("/profiles/0").asString("").equals("observability"))
                .forEach(service -> observers.add(service.getKey()));
    }

    @Test
    void observers_haveNoRightsAndNoPublicPorts() {
        assertThat(observers).containsExactly("prometheus", "grafana", "jaeger");
        assertThat(observers).map(services::path).allSatisfy(service -> {
            assertThat(service.path("read_only").asBoolean()).isTrue();
            assertThat(service.at("/cap_drop/0").asString()).isEqualTo("ALL");
            assertThat(service.path("networks").valueStream().map(JsonNode::asString))
                    .as("they reach neither the stores nor the callers")
                    .containsExactly("monitoring");
            assertThat(service.path("ports").valueStream().map(JsonNode::asString))
                    .allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"));
        });
    }

    @Test
    void mountedFiles_exist() {
        assertThat(observers)
                .flatMap(name -> services.path(name)
                        .path("volumes")
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList())
                .filteredOn(volume -> volume.startsWith("./"))
                .hasSize(4)
                .allSatisfy(volume -> assertThat(ROOT.resolve(volume.substring(2, volume.indexOf(':'))))
                        .exists());
    }

    @Test
    void addresses_areThoseOfServices() throws IOException {
        var registry = services.path(REGISTRY);
        assertThat(registry.path("networks").valueStream().map(JsonNode::asString))
                .contains("monitoring");
        var endpoint = registry.at("/environment/SERVICE_DISCOVERY__MONITORING__TRACING__JAEGER_ENDPOINT");
        var addresses = new ArrayList<>(List.of(endpoint.asString()));
        yaml(MONITORING.resolve("grafana/datasources.yaml"))
                .path("datasources")
                .forEach(source -> addresses.add(source.path("url").asString()));

        assertThat(addresses)
                .map(address -> URI.create(address).getHost())
                .containsExactly("jaeger", "prometheus", "jaeger");
    }

    /** Only the address of the registry differs from the configuration for Prometheus without Compose. */
    @Test
    void prometheus_scrapesRegistryAsWithoutCompose() throws IOException {
        var plain = Files.readString(MONITORING.resolve("prometheus.yaml"));
        var composed = Files.readString(MONITORING.resolve("prometheus-compose.yaml"));

        assertThat(withoutComments(composed))
                .isEqualTo(withoutComments(plain.replace("localhost:8080", REGISTRY + ":8080")));
        assertThat(services.at("/prometheus/command").toString()).contains("/etc/prometheus/prometheus-compose.yaml");
    }

    private static List<String> withoutComments(String yaml) {
        return yaml.lines().filter(line -> !line.startsWith("#")).toList();
    }

    private static JsonNode yaml(Path file) throws IOException {
        try (var text = Files.newBufferedReader(file)) {
            return JSON.valueToTree(new Yaml().load(text));
        }
    }
}
