package dev.aicore.discovery.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Declaration of an instance to register. Immutable: each method returns a changed copy. The registry validates the
 * values; docs/api.md lists their bounds.
 *
 * @param name name of the service
 * @param port port of the instance, 1 to 65535
 * @param id null for the id that the registry derives from name, address and port
 * @param address IP address or host name; null for the local address that reaches the registry
 * @param version version of the instance; empty if unknown
 * @param protocol {@code http}, {@code https}, {@code grpc} or {@code tcp}
 * @param weight share of the traffic, 0 to 65535; 0 gets none
 * @param ttl time without a heartbeat until the lease expires; null for the registry's default
 * @param zone zone of the instance; empty if unknown
 * @param tags labels to filter by
 * @param metadata pairs to filter by, or for callers to read
 * @param checkPath path that the registry checks with HTTP; null if heartbeats alone report the health
 * @param checkInterval time between two checks; only with a path
 */
public record Instance(
        String name,
        int port,
        @Nullable String id,
        @Nullable String address,
        String version,
        String protocol,
        int weight,
        @Nullable Duration ttl,
        String zone,
        List<String> tags,
        Map<String, String> metadata,
        @Nullable String checkPath,
        Duration checkInterval) {

    private static final int DEFAULT_WEIGHT = 100;
    private static final Duration DEFAULT_CHECK_INTERVAL = Duration.ofSeconds(10);

    public Instance {
        Objects.requireNonNull(name, "name");
        tags = List.copyOf(tags);
        metadata = Map.copyOf(metadata);
    }

    /** Declares an instance with the defaults of the registry. */
    public static Instance of(String name, int port) {
        return new Instance(
                name,
                port,
                null,
                null,
                "",
                "http",
                DEFAULT_WEIGHT,
                null,
                "",
                List.of(),
                Map.of(),
                null,
                DEFAULT_CHECK_INTERVAL);
    }

    public Instance id(String value) {
        return new Instance(
                name,
                port,
                value,
                address,
                version,
                protocol,
                weight,
                ttl,
                zone,
                tags,
                metadata,
                checkPath,
                checkInterval);
    }

    public Instance address(String value) {
        return new Instance(
                name, port, id, value, version, protocol, weight, ttl, zone, tags, metadata, checkPath, checkInterval);
    }

    public Instance version(String value) {
        return new Instance(
                name, port, id, address, value, protocol, weight, ttl, zone, tags, metadata, checkPath, checkInterval);
    }

    public Instance protocol(String value) {
        return new Instance(
                name, port, id, address, version, value, weight, ttl, zone, tags, metadata, checkPath, checkInterval);
    }

    public Instance weight(int value) {
        return new Instance(
                name, port, id, address, version, protocol, value, ttl, zone, tags, metadata, checkPath, checkInterval);
    }

    public Instance ttl(Duration value) {
        return new Instance(
                name,
                port,
                id,
                address,
                version,
                protocol,
                weight,
                value,
                zone,
                tags,
                metadata,
                checkPath,
                checkInterval);
    }

    public Instance zone(String value) {
        return new Instance(
                name,
                port,
                id,
                address,
                version,
                protocol,
                weight,
                ttl,
                value,
                tags,
                metadata,
                checkPath,
                checkInterval);
    }

    /** Adds a tag. */
    public Instance tag(String value) {
        var all = new ArrayList<>(tags);
        all.add(value);
        return new Instance(
                name, port, id, address, version, protocol, weight, ttl, zone, all, metadata, checkPath, checkInterval);
    }

    /** Adds a pair to the metadata, or replaces its value. */
    public Instance metadata(String key, String value) {
        var all = new LinkedHashMap<>(metadata);
        all.put(key, value);
        return new Instance(
                name, port, id, address, version, protocol, weight, ttl, zone, tags, all, checkPath, checkInterval);
    }

    /**
     * Lets the registry check the instance with {@code GET} requests, in addition to its heartbeats.
     *
     * @param path path of the check, beginning with a slash
     * @param interval time between two checks, at least a second
     */
    public Instance check(String path, Duration interval) {
        return new Instance(
                name, port, id, address, version, protocol, weight, ttl, zone, tags, metadata, path, interval);
    }
}
