package dev.aicore.discovery.bridge.consul;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Double of a Consul agent, written from its documented HTTP API: the catalog, the health of services, blocking
 * queries,
 * the registration at the agent, and the faults that a bridge meets.
 */
public final class ConsulDouble implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String AGENT = "agent-1";
    private static final long MAX_WAIT_MILLIS = 60_000;

    private final HttpServer server;
    private final Map<String, String> nodes = new TreeMap<>();
    private final Map<String, ObjectNode> services = new TreeMap<>();
    private final Map<String, Set<String>> keysByService = new TreeMap<>();
    private final NavigableMap<String, ObjectNode> checks = new TreeMap<>();
    private long index = 1;
    private @Nullable String requiredToken;

    /** Starts an empty agent. */
    public ConsulDouble() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/", this::handle);
        server.start();
        nodes.put(AGENT, "10.0.0.250");
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Returns the names of the services that have instances. */
    public synchronized Set<String> services() {
        return Set.copyOf(keysByService.keySet());
    }

    /** Returns the addresses of the instances of a service; an address may be there several times. */
    public synchronized List<String> addresses(String service) {
        return keysOf(service).stream()
                .map(key -> Objects.requireNonNull(services.get(key))
                        .path("Address")
                        .asString())
                .toList();
    }

    private Set<String> keysOf(String service) {
        return keysByService.getOrDefault(service, Set.of());
    }

    /** Returns the number of instances. */
    synchronized int size() {
        return services.size();
    }

    /** Requires an ACL token for each request from now on, also for those that wait; null requires none. */
    synchronized void requireToken(@Nullable String token) {
        requiredToken = token;
        changed();
    }

    /** Removes everything and begins with the index 1, as a new cluster. */
    synchronized void reset() {
        services.clear();
        keysByService.clear();
        checks.clear();
        index = 1;
        notifyAll();
    }

    private synchronized long changed() {
        index++;
        notifyAll();
        return index;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath().substring("/v1/".length());
            var query = parameters(exchange.getRequestURI().getQuery());
            if (exchange.getRequestMethod().equals("PUT")) {
                var body = exchange.getRequestBody().readAllBytes();
                respond(exchange, isAllowed(exchange) ? write(path, query, body) : 403, null);
                return;
            }
            awaitIndex(query);
            respond(exchange, isAllowed(exchange) ? 200 : 403, read(path));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isAllowed(HttpExchange exchange) {
        return requiredToken == null
                || requiredToken.equals(exchange.getRequestHeaders().getFirst("X-Consul-Token"));
    }

    private static Map<String, String> parameters(@Nullable String query) {
        return query == null
                ? Map.of()
                : Stream.of(query.split("&"))
                        .map(parameter -> parameter.split("=", 2))
                        .collect(Collectors.toMap(parts -> parts[0], parts -> parts.length == 1 ? "" : parts[1]));
    }

    /** Waits as a blocking query does: while the index is the given one, or one of the future. */
    private synchronized void awaitIndex(Map<String, String> query) throws InterruptedException {
        long from = Long.parseLong(query.getOrDefault("index", "0"));
        long before = index;
        while (from > 0 && index <= from && index >= before) {
            wait(MAX_WAIT_MILLIS);
        }
    }

    private synchronized void respond(HttpExchange exchange, int status, @Nullable JsonNode body) throws IOException {
        exchange.getResponseHeaders().set("X-Consul-Index", String.valueOf(index));
        var text = status == 403 ? "ACL not found" : body == null ? "" : body.toString();
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private synchronized JsonNode read(String path) {
        if (path.equals("catalog/services")) {
            var names = JsonNodeFactory.instance.objectNode();
            services.values().forEach(service -> {
                var tags = names.withArray(service.path("Service").asString());
                service.path("Tags").forEach(tags::add);
            });
            return names;
        }
        if (path.equals("health/state/any")) {
            var all = JsonNodeFactory.instance.arrayNode();
            checks.values().forEach(all::add);
            return all;
        }
        if (path.startsWith("health/service/")) {
            return health(path.substring("health/service/".length()));
        }
        throw new IllegalArgumentException(path);
    }

    private ArrayNode health(String name) {
        var entries = JsonNodeFactory.instance.arrayNode();
        for (var key : keysOf(name)) {
            var node = key.substring(0, key.indexOf('/'));
            var entry = entries.addObject();
            entry.putObject("Node")
                    .put("Node", node)
                    .put("Address", nodes.get(node))
                    .put("Datacenter", "dc1");
            entry.set("Service", services.get(key));
            var ofService = entry.putArray("Checks");
            checksBelow(key + '/').forEach(ofService::add);
            checksBelow(node + "//").forEach(ofService::add);
        }
        return entries;
    }

    /** Returns the checks whose keys have a prefix that ends with a slash. */
    private Collection<ObjectNode> checksBelow(String prefix) {
        return checks.subMap(prefix, prefix.substring(0, prefix.length() - 1) + '0')
                .values();
    }

    private synchronized int write(String path, Map<String, String> query, byte[] body) {
        var document = body.length == 0 ? JsonNodeFactory.instance.objectNode() : JSON.readTree(body);
        var last = path.substring(path.lastIndexOf('/') + 1);
        if (path.equals("catalog/register")) {
            register(document.path("Node").asString(), document);
        } else if (path.equals("catalog/deregister")) {
            deregister(document.path("Node").asString()
                    + '/'
                    + document.path("ServiceID").asString());
        } else if (path.equals("agent/service/register")) {
            var service = ((ObjectNode) document).deepCopy();
            service.set("Service", service.remove("Name"));
            var registration = JsonNodeFactory.instance.objectNode();
            registration.set("Service", service);
            register(AGENT, registration);
        } else if (path.startsWith("agent/service/deregister/")) {
            if (!services.containsKey(AGENT + '/' + last)) {
                return 404;
            }
            deregister(AGENT + '/' + last);
        } else if (path.startsWith("agent/service/maintenance/")) {
            maintain(last, query.getOrDefault("enable", "").equals("true"));
        } else {
            return 404;
        }
        return 200;
    }

    private void register(String node, JsonNode document) {
        nodes.put(node, document.path("Address").asString("10.0.0.250"));
        var service = document.path("Service");
        if (!service.isMissingNode()) {
            var key = node + '/' + service.path("ID").asString();
            var before = services.get(key);
            var stored = ((ObjectNode) service).deepCopy();
            if (before != null) {
                stored.set("ModifyIndex", before.get("ModifyIndex"));
            }
            if (!stored.equals(before)) {
                removeKey(key, before);
                services.put(key, stored.put("ModifyIndex", changed()));
                keysByService
                        .computeIfAbsent(stored.path("Service").asString(), _ -> new TreeSet<>())
                        .add(key);
            }
        }
        if (!document.path("Check").isMissingNode()) {
            check(node, document.path("Check").path("CheckID").asString(), document.path("Check"));
        }
    }

    /** Sets a check of a service, or of a node if it names no service. */
    private void check(String node, String id, JsonNode document) {
        var key = node + '/' + document.path("ServiceID").asString("") + '/' + id;
        var service = services.get(node + '/' + document.path("ServiceID").asString(""));
        var stored = ((ObjectNode) document)
                .deepCopy()
                .put("Node", node)
                .put(
                        "ServiceName",
                        service == null ? "" : service.path("Service").asString());
        var before = checks.get(key);
        if (before == null || !before.path("Status").equals(stored.path("Status"))) {
            checks.put(key, stored.put("ModifyIndex", changed()));
        }
    }

    private void deregister(String key) {
        var removed = services.remove(key);
        if (removed != null) {
            removeKey(key, removed);
            checksBelow(key + '/').clear();
            changed();
        }
    }

    private void removeKey(String key, @Nullable ObjectNode service) {
        if (service != null) {
            keysByService.computeIfPresent(service.path("Service").asString(), (_, keys) -> {
                keys.remove(key);
                return keys.isEmpty() ? null : keys;
            });
        }
    }

    private void maintain(String id, boolean enable) {
        var check = "_service_maintenance:" + id;
        if (enable) {
            check(
                    AGENT,
                    check,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("CheckID", check)
                            .put("ServiceID", id)
                            .put("Status", "critical"));
        } else if (checks.remove(AGENT + '/' + id + '/' + check) != null) {
            changed();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
