package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.testing.TcpProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/** Other side of a bridge in a system test. An instance is its service and its address. */
interface BridgedRegistry extends AutoCloseable {

    /** Kind of another registry. */
    enum Kind {
        ETCD,
        CONSUL;

        /** Starts an empty registry; a test is skipped if its program isn't installed. */
        BridgedRegistry start(Path directory) throws IOException {
            return switch (this) {
                case ETCD -> new EtcdSide(directory);
                case CONSUL -> new ConsulSide();
            };
        }
    }

    /** Instance on either side of a bridge. */
    record Endpoint(String service, String address) implements Comparable<Endpoint> {

        @Override
        public int compareTo(Endpoint other) {
            int byService = service.compareTo(other.service);
            return byService == 0 ? address.compareTo(other.address) : byService;
        }

        /** Returns the id under which the tests register it. */
        String id() {
            return service + '-' + address.replace('.', '-');
        }
    }

    /** Returns the definition of a bridge whose connections pass a proxy of {@link #port}. */
    String definition(String direction, TcpProxy proxy) throws IOException;

    int port();

    void registerAll(Collection<Endpoint> endpoints) throws Exception;

    void deregister(Endpoint endpoint) throws Exception;

    /** Ends like {@code kill -9} until {@link #restart}, if it is a process; else does nothing. */
    void kill();

    /** Starts again with its content; returns once it answers. */
    void restart() throws IOException;

    /** Returns all instances in their order. An endpoint that is registered twice is there twice. */
    List<Endpoint> endpoints() throws Exception;

    /** Returns the instances of one service in their order. */
    List<Endpoint> endpoints(String service) throws Exception;

    /** Returns all instances of the registry with the bridge, in their order. */
    static List<Endpoint> endpointsOf(RunningRegistry registry) throws IOException {
        var found = new ArrayList<Endpoint>();
        var page = registry.get("/api/v1/services?limit=1000").body();
        add(page, found);
        while (page.path("meta").has("next_cursor")) {
            var cursor = page.at("/meta/next_cursor").asString();
            page = registry.get("/api/v1/services?limit=1000&cursor=" + cursor).body();
            add(page, found);
        }
        Collections.sort(found);
        return found;
    }

    private static void add(JsonNode page, List<Endpoint> found) {
        page.at("/data/services")
                .forEach(instance -> found.add(new Endpoint(
                        instance.path("name").asString(),
                        instance.path("address").asString())));
    }

    /** Registers an instance at the registry with the bridge. */
    static void register(RunningRegistry registry, Endpoint endpoint) throws IOException {
        var body = "{\"id\": \"%s\", \"name\": \"%s\", \"address\": \"%s\", \"port\": 80, \"ttl\": 3600}"
                .formatted(endpoint.id(), endpoint.service(), endpoint.address());
        assertThat(registry.post("/api/v1/services", body).status()).isEqualTo(201);
    }

    /** Makes requests, several at a time. */
    static void runAll(List<Callable<Void>> requests) throws InterruptedException, ExecutionException {
        try (var executor = Executors.newFixedThreadPool(16)) {
            for (var request : executor.invokeAll(requests)) {
                request.get();
            }
        }
    }

    @Override
    void close();
}
