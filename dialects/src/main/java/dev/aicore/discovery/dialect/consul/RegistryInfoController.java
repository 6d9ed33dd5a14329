package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.dialect.DialectMetrics;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Serves what clients ask about the registry itself, and refuses the key/value store. */
@RestController
@RequestMapping("/v1")
final class RegistryInfoController {

    /** Version of Consul whose protocol the registry speaks. */
    static final String PROTOCOL_VERSION = "1.16.4";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int RAFT_PORT = 8300;

    private final ConsulNode node;
    private final DialectMetrics metrics;

    RegistryInfoController(ConsulNode node, DialectMetrics metrics) {
        this.node = node;
        this.metrics = metrics;
    }

    @GetMapping("/agent/self")
    Mono<ResponseEntity<byte[]>> self() {
        var self = JSON.objectNode();
        self.putObject("Config")
                .put("Datacenter", node.datacenter())
                .put("PrimaryDatacenter", node.datacenter())
                .put("NodeName", node.name())
                .put("NodeID", node.id())
                .put("Server", true)
                .put("Revision", "")
                .put("Version", PROTOCOL_VERSION);
        self.putObject("Member")
                .put("Name", node.name())
                .put("Addr", node.address())
                .put("Status", 1);
        self.putObject("Meta");
        return answer("agent_self", self);
    }

    @GetMapping("/catalog/datacenters")
    Mono<ResponseEntity<byte[]>> datacenters() {
        return answer("catalog_datacenters", JSON.arrayNode().add(node.datacenter()));
    }

    @GetMapping("/status/leader")
    Mono<ResponseEntity<byte[]>> leader() {
        return answer("status_leader", JSON.stringNode(raftAddress()));
    }

    @GetMapping("/status/peers")
    Mono<ResponseEntity<byte[]>> peers() {
        return answer("status_peers", JSON.arrayNode().add(raftAddress()));
    }

    @RequestMapping(
            path = "/kv/**",
            method = {RequestMethod.GET, RequestMethod.PUT, RequestMethod.DELETE})
    Mono<ResponseEntity<byte[]>> keys() {
        metrics.refused(ConsulReplies.PROTOCOL, "kv");
        return Mono.just(ResponseEntity.status(HttpStatus.NOT_IMPLEMENTED)
                .contentType(MediaType.TEXT_PLAIN)
                .body("The registry has no key/value store; configurations are at /api/v1/configurations."
                        .getBytes(StandardCharsets.US_ASCII)));
    }

    private String raftAddress() {
        boolean ipv6 = node.address().indexOf(':') >= 0;
        return (ipv6 ? '[' + node.address() + ']' : node.address()) + ':' + RAFT_PORT;
    }

    private Mono<ResponseEntity<byte[]>> answer(String operation, JsonNode document) {
        return ConsulReplies.counted(metrics, operation, Mono.fromSupplier(() -> ConsulReplies.json(200, document)));
    }
}
