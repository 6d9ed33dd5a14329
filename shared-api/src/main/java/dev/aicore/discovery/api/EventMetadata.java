package dev.aicore.discovery.api;

import dev.aicore.discovery.api.access.ServiceScope;
import org.jspecify.annotations.Nullable;

/**
 * Who did something, from where and why. When it was recorded is the event store's to say.
 *
 * @param namespace the tenant, today always {@value #DEFAULT_NAMESPACE}
 * @param actor the principal, {@code anonymous}, or {@code registry} for what the registry does itself
 * @param role the role that the actor acted in
 * @param sourceAddress the caller's IP address; null for what the registry does itself
 * @param protocol how it was asked for: {@code rest}, {@code lease}, {@code check}
 * @param requestId the request that asked for it; null for what the registry does itself
 * @param reason the caller's words, at most 512 characters
 * @param idempotencyKey the caller's key for this write, if any
 * @param traceParent W3C trace context, if the request was sampled
 * @param reach the services that the actor's role is bound to; null for all. It is for deciding, and isn't recorded
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

    /** Of an actor whose role is bound to no services. */
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

    /** What the registry decides by itself, such as an expiry. */
    public static EventMetadata ofRegistry(String protocol) {
        return new EventMetadata(DEFAULT_NAMESPACE, REGISTRY, REGISTRY, null, protocol, null, null, null, null);
    }

    /** The same, for somebody whose role is bound to these services; null for all. */
    public EventMetadata within(@Nullable ServiceScope scope) {
        return new EventMetadata(
                namespace, actor, role, sourceAddress, protocol, requestId, reason, idempotencyKey, traceParent, scope);
    }

    /** Whether there is anything for this actor in the service of that name. */
    public boolean reaches(String service) {
        return reach == null || reach.covers(service);
    }

    /** Whether this actor may change what {@code owner} has registered. */
    public boolean mayModify(String owner) {
        return actor.equals(owner) || role.equals(ADMIN) || role.equals(REGISTRY) || adopts(owner);
    }

    /** Whether this actor is somebody, and {@code owner} was nobody in particular. */
    public boolean adopts(String owner) {
        return owner.equals(ANONYMOUS) && !actor.equals(ANONYMOUS) && !role.equals(REGISTRY);
    }

    /** Whether this actor may say whether the registry checks what {@code owner} has registered: that changes nothing of it. */
    public boolean maySwitchMonitoring(String owner) {
        return role.equals(OPERATOR) || mayModify(owner);
    }
}
