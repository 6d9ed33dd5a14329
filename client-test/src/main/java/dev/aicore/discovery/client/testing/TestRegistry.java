package dev.aicore.discovery.client.testing;

import dev.aicore.discovery.client.json.JsonReader;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Registry in the process, for tests of its users. It listens on a free port of the loopback interface, keeps
 * everything in memory, and is up within milliseconds. Callers need no credential unless {@link #apiKey} requires one.
 * Thread-safe.
 *
 * <pre>
 * try (var registry = new TestRegistry()) {
 *     registry.has("payments", "10.0.0.1:80");
 *     ... // a client of registry.url()
 *     registry.away();
 * }
 * </pre>
 */
public final class TestRegistry implements AutoCloseable {

    private final RegistryStore store;
    private final ConfigurationStore configurations = new ConfigurationStore();
    private final RegistryFaults faults = new RegistryFaults();
    private final RegistryRoutes routes;
    private final TestRegistryServer server;

    /** Starts an empty registry. */
    public TestRegistry() {
        this(new RegistryStore(InstantSource.system()));
    }

    TestRegistry(RegistryStore store) {
        this.store = store;
        this.routes = new RegistryRoutes(store, configurations);
        this.server = new TestRegistryServer(store, routes, faults);
    }

    /** Returns the URL, such as {@code http://127.0.0.1:40123}. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    // --- content ---------------------------------------------------------------------------------------------

    /**
     * Registers a healthy instance that needs no heartbeats.
     *
     * @param address address and port, such as {@code 10.0.0.1:80}
     * @return its id
     */
    public String has(String service, String address) {
        return has(service, address, Map.of());
    }

    /**
     * Registers a healthy instance that needs no heartbeats.
     *
     * @param address address and port, such as {@code 10.0.0.1:80}
     * @param declaration further fields of a registration, such as {@code version} and {@code tags}
     * @return its id
     */
    public String has(String service, String address, Map<String, Object> declaration) {
        int colon = address.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("Invalid address: " + address + " (expected: such as 10.0.0.1:80).");
        }
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("name", service);
        body.put("address", address.substring(0, colon));
        body.put("port", Long.valueOf(address.substring(colon + 1)));
        body.put("ttl", 0L);
        body.put("health_check", Map.of("check_type", "none"));
        body.putAll(declaration);
        return String.valueOf(store.register(body, RegistryRoutes.ADMIN, null).get("id"));
    }

    /** Stores a configuration as JSON. */
    public void configuration(String service, String json) {
        configurations.store(
                service, JsonReader.parseObject(json).values(), RegistryRoutes.ADMIN, null, store.advancePosition());
    }

    /**
     * Reports the health of an instance, as its checks would.
     *
     * @param state {@code healthy} or {@code unhealthy}
     */
    public void health(String id, String state) {
        store.force(id, state, "closed");
    }

    /**
     * Sets the circuit breaker of an instance.
     *
     * @param state {@code closed}, {@code open} or {@code half_open}
     */
    public void breaker(String id, String state) {
        store.force(id, "healthy", state);
    }

    /** Declares an instance to be draining, in maintenance or active, as an operator would. */
    public void declare(String id, String status) {
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("status", status);
        store.update(id, body, RegistryRoutes.ADMIN);
    }

    /** Ends the lease of an instance. */
    public void expire(String id) {
        store.expire(id);
    }

    /** Deregisters an instance on behalf of somebody. */
    public void deregister(String id, String by, String reason) {
        store.deregister(id, by, reason);
    }

    /** Advances the clock of the registry: leases end, and bookmarks become due. */
    public void advance(Duration time) {
        store.advance(time);
    }

    /** Returns the present instances of a service as the registry would list them, ordered by id. */
    public List<Map<String, Object>> instances(String service) {
        return store.list(service).stream().map(StoredInstance::view).toList();
    }

    /** Returns the positions of the lists that an instance last reported, by service; empty if it reported none. */
    public Map<String, Long> view(String id) {
        return routes.views().of(id);
    }

    /** Returns the id of the event store. */
    public String storeId() {
        return store.id();
    }

    /** Requires an API key from now on. */
    public void apiKey(String key, String principal) {
        server.principals().put(key, principal);
    }

    /** Revokes an API key, and ends all streams. */
    public void revoke(String key) {
        server.principals().remove(key);
        faults.cut();
    }

    /** Answers like the first version: one service per watch, no health in batches, no batches of outcomes. */
    public void likeFirstVersion() {
        routes.older(true);
    }

    /** Answers like versions before views: heartbeats that report the positions of lists are refused. */
    public void likeVersionWithoutViews() {
        routes.withoutViews(true);
    }

    // --- faults ----------------------------------------------------------------------------------------------

    /** Refuses connections and closes the present ones, until {@link #back}. */
    public void away() {
        server.stop();
    }

    /** Ends all faults. The content is as before. */
    public void back() {
        faults.clear();
        server.start();
    }

    /** Delays each answer. */
    public void slow(Duration delay) {
        faults.slow(delay);
    }

    /** Closes all streams and long polls abruptly. New ones are accepted. */
    public void cutStreams() {
        faults.cut();
    }

    /** Keeps streams open, but sends nothing more, not even bookmarks, like a connection that was dropped silently. */
    public void muteStreams() {
        faults.mute();
    }

    /** Accepts streams, but lets nothing through, like a proxy that buffers. */
    public void withoutStreams() {
        faults.withoutStreams();
    }

    /** Loses all instances, with their histories. */
    public void forgetEverything() {
        store.forgetAll();
    }

    /** Becomes an empty registry with another event store. */
    public void otherStore() {
        store.becomeOther();
        configurations.clear();
        faults.cut();
    }

    /** Refuses each request with a status, until {@link #back}. */
    public void refuse(int status) {
        faults.refuse(status);
    }

    // --- observations ----------------------------------------------------------------------------------------

    /** Returns the first 10,000 requests in order. */
    public List<RecordedRequest> requests() {
        return server.requests();
    }

    /** Returns the requests of a method and path in order. */
    public List<RecordedRequest> requests(String method, String path) {
        return server.requests().stream()
                .filter(request -> request.method().equals(method) && Objects.equals(request.path(), path))
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
