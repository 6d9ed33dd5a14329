package dev.aicore.discovery.bridge.model;

import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.InstanceView;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Instance as both sides of a bridge know it.
 *
 * @param id id on the side that the instance is on, unique within its service
 * @param version may be empty
 * @param protocol {@code http}, {@code https}, {@code grpc} or {@code tcp}; empty if the side doesn't know it
 * @param zone may be empty
 */
public record BridgedInstance(
        String id,
        String service,
        String version,
        String address,
        int port,
        String protocol,
        int weight,
        Map<String, String> metadata,
        List<String> tags,
        String zone,
        State state) {

    /** Weight of an instance whose side has no weights. */
    public static final int DEFAULT_WEIGHT = 100;

    /** State that decides whether an instance gets traffic. */
    public enum State {
        HEALTHY,
        UNHEALTHY,
        MAINTENANCE,
        DRAINING;

        /** Returns the admin state that leads to this state. */
        public AdminState declared() {
            return switch (this) {
                case HEALTHY, UNHEALTHY -> AdminState.ACTIVE;
                case MAINTENANCE -> AdminState.MAINTENANCE;
                case DRAINING -> AdminState.DRAINING;
            };
        }

        private static State of(InstanceView view) {
            return switch (view.declared()) {
                case MAINTENANCE -> MAINTENANCE;
                case DRAINING -> DRAINING;
                case ACTIVE -> view.health() == HealthState.HEALTHY ? HEALTHY : UNHEALTHY;
            };
        }
    }

    /**
     * Address of an instance of a service, by which the same instance is recognized on both sides.
     *
     * @param address address in the registry's normal form
     */
    public record Endpoint(String service, String address, int port) {}

    public BridgedInstance {
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
        tags = List.copyOf(tags);
    }

    /** Returns an instance of this registry. */
    public static BridgedInstance of(InstanceView view) {
        return new BridgedInstance(
                view.id(),
                view.name(),
                view.version(),
                view.address(),
                view.port(),
                view.protocol(),
                view.weight(),
                view.metadata(),
                view.tags(),
                view.zone(),
                State.of(view));
    }

    /** Returns the key of this instance on its side: service and id. */
    public String key() {
        return service + '/' + id;
    }

    public Endpoint endpoint() {
        return new Endpoint(service, address, port);
    }

    /** Returns a copy with another state. */
    public BridgedInstance withState(State newState) {
        return new BridgedInstance(
                id, service, version, address, port, protocol, weight, metadata, tags, zone, newState);
    }

    /** Returns a copy with other metadata. */
    public BridgedInstance withMetadata(Map<String, String> newMetadata) {
        return new BridgedInstance(
                id, service, version, address, port, protocol, weight, newMetadata, tags, zone, state);
    }
}
