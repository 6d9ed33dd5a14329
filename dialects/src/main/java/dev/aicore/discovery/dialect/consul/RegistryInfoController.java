package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.dialect.DialectMetrics;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Serves what clients ask about the registry itself, and refuses sessions and transactions. */
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
            path = "/session/**",
            method = {RequestMethod.GET, RequestMethod.PUT})
    Mono<ResponseEntity<byte[]>> sessions() {
        metrics.refused(ConsulReplies.PROTOCOL, "session");
        return Mono.just(ConsulReplies.text(
                HttpStatus.NOT_IMPLEMENTED, "The registry has no sessions, so keys can't be locked. Use cas instead."));
    }

    @PutMapping("/txn")
    Mono<ResponseEntity<byte[]>> transactions() {
        metrics.refused(ConsulReplies.PROTOCOL, "txn");
        return Mono.just(ConsulReplies.text(
                HttpStatus.NOT_IMPLEMENTED, "The registry has no transactions. Change keys one by one, with cas."));
    }

    private String raftAddress() {
        boolean ipv6 = node.address().indexOf(':') >= 0;
        return (ipv6 ? '[' + node.address() + ']' : node.address()) + ':' + RAFT_PORT;
    }

    private Mono<ResponseEntity<byte[]>> answer(String operation, JsonNode document) {
        return ConsulReplies.counted(metrics, operation, Mono.fromSupplier(() -> ConsulReplies.json(200, document)));
    }
}
