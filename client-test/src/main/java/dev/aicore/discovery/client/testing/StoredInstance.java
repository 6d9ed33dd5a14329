package dev.aicore.discovery.client.testing;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Instance of a test registry. Guarded by its store. */
final class StoredInstance {

    final String id;
    final String owner;
    final Instant registeredAt;
    Map<String, Object> declaration;
    String declared = "active";
    String lease = "live";
    String health;
    String breaker = "closed";
    int declarationVersion = 1;
    long position;
    Instant updatedAt;
    Instant renewedAt;

    StoredInstance(String id, String owner, Map<String, Object> declaration, String health, Instant now) {
        this.id = id;
        this.owner = owner;
        this.declaration = declaration;
        this.health = health;
        this.registeredAt = now;
        this.updatedAt = now;
        this.renewedAt = now;
    }

    String service() {
        return String.valueOf(declaration.get("name"));
    }

    /** Returns the lease in seconds; 0 for none. */
    long ttl() {
        return ((Number) declaration.getOrDefault("ttl", 30L)).longValue();
    }

    /** Returns the status that follows from the states, in the order declared, lease, health, breaker. */
    String status() {
        if (!declared.equals("active")) {
            return declared;
        }
        if (lease.equals("expired")) {
            return "expired";
        }
        if (!health.equals("healthy")) {
            return health;
        }
        return breaker.equals("open") ? "ejected" : "healthy";
    }

    Map<?, ?> metadata() {
        return (Map<?, ?>) declaration.getOrDefault("metadata", Map.of());
    }

    List<?> tags() {
        return (List<?>) declaration.getOrDefault("tags", List.of());
    }

    String version() {
        return String.valueOf(declaration.get("version"));
    }

    boolean isInService() {
        return declared.equals("active") && !lease.equals("expired");
    }

    int weight() {
        return ((Number) declaration.getOrDefault("weight", 100L)).intValue();
    }

    Map<String, Object> view() {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", id);
        view.put("service_id", id);
        view.put("name", service());
        view.put("namespace", "default");
        view.putAll(declaration);
        view.put("ttl", ttl());
        view.put("effective_ttl", ttl());
        view.put("status", status());
        view.put("declared", declared);
        view.put("lease", lease);
        view.put("health", health);
        view.put("breaker", breaker);
        view.put("owner", owner);
        view.put("declaration_version", declarationVersion);
        view.put("registered_at", RegistryStore.text(registeredAt));
        view.put("updated_at", RegistryStore.text(updatedAt));
        view.put("position", position);
        return view;
    }
}
