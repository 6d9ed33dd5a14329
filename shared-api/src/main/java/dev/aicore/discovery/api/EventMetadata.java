package dev.aicore.discovery.api;

import dev.aicore.discovery.api.access.ServiceScope;
import org.jspecify.annotations.Nullable;

/**
 * Records who caused an event or sends a command, from where and why. The event store records the time.
 *
 * @param namespace the tenant; currently always {@value #DEFAULT_NAMESPACE}
 * @param actor the principal, {@code anonymous}, or {@code registry} for an action of the registry itself
 * @param role the role that the actor acted in
 * @param sourceAddress the caller's IP address; null for an action of the registry itself
 * @param protocol how the action was requested, such as {@code rest}, {@code lease} or {@code check}
 * @param requestId the id of the request; null for an action of the registry itself
 * @param reason the reason that the caller gave, at most 512 characters; null if the caller gave no reason
 * @param idempotencyKey the caller's idempotency key for this write; null if the caller gave no key
 * @param traceParent the W3C trace context; null if the request was not sampled
 * @param reach the services that the actor's role is restricted to; null for all services. It is used for decisions
 *     only and is not stored
 */
public record EventMetadata(
        String namespace,
        String actor,
        String role,
        @Nullable String sourceAddress,
        String protocol,
        @Nullable String requestId,
        @Nullable String reason,
        @Nullable String idempotencyKey,
        @Nullable String traceParent,
        @Nullable ServiceScope reach) {

    public static final String DEFAULT_NAMESPACE = "default";
    public static final String REGISTRY = "registry";
    public static final String ANONYMOUS = "anonymous";
    public static final String ADMIN = "admin";
    public static final String OPERATOR = "operator";

    /** Creates metadata of an actor whose role is not restricted to services. */
    public EventMetadata(
            String namespace,
            String actor,
            String role,
            @Nullable String sourceAddress,
            String protocol,
            @Nullable String requestId,
            @Nullable String reason,
            @Nullable String idempotencyKey,
            @Nullable String traceParent) {
        this(namespace, actor, role, sourceAddress, protocol, requestId, reason, idempotencyKey, traceParent, null);
    }

    /** Returns the metadata of an event that the registry causes itself, such as an expiry. */
    public static EventMetadata ofRegistry(String protocol) {
        return new EventMetadata(DEFAULT_NAMESPACE, REGISTRY, REGISTRY, null, protocol, null, null, null, null);
    }

    /** Returns true for an action of the registry itself, such as a check. */
    public boolean causedByRegistry() {
        return role.equals(REGISTRY);
    }

    /** Returns a copy with the given service scope; null for all services. */
    public EventMetadata within(@Nullable ServiceScope scope) {
        return new EventMetadata(
                namespace, actor, role, sourceAddress, protocol, requestId, reason, idempotencyKey, traceParent, scope);
    }

    /** Returns true if the actor's service scope covers the service. */
    public boolean coversService(String service) {
        return reach == null || reach.covers(service);
    }

    /**
     * Returns true if this actor may change an instance that belongs to {@code owner}: the owner, an admin, the
     * registry, or an actor that adopts it.
     */
    public boolean mayModify(String owner) {
        return actor.equals(owner) || role.equals(ADMIN) || role.equals(REGISTRY) || mayAdopt(owner);
    }

    /**
     * Returns true if this actor takes over an instance of an anonymous owner: the actor is neither anonymous nor the
     * registry.
     */
    public boolean mayAdopt(String owner) {
        return owner.equals(ANONYMOUS) && !actor.equals(ANONYMOUS) && !role.equals(REGISTRY);
    }

    /**
     * Returns true if this actor may start or stop the registry's checks of an instance that belongs to {@code owner}.
     * Operators may do so for any owner, because the declaration stays unchanged.
     */
    public boolean maySwitchMonitoring(String owner) {
        return role.equals(OPERATOR) || mayModify(owner);
    }
}
