package dev.aicore.discovery.access;

import dev.aicore.discovery.api.access.ServiceScope;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The caller of a request, as access control established it. Controllers take it as an argument.
 *
 * @param principal name that owns what the caller registers; {@code anonymous} without authentication
 * @param role one of admin, operator, viewer, service; {@code none} on routes that are open to every caller
 * @param sourceAddress address of the connection's remote end, without port; {@code unknown} if there is none
 * @param protocol protocol of the request: {@code rest}, or the name of a dialect, such as {@code eureka}
 * @param requestId 1 to 128 characters of {@code A-Za-z0-9._-}
 * @param reason reason in the caller's words (header {@code X-Reason}), 1 to 512 characters; null if none was given
 * @param traceParent position of the request in its trace as W3C Trace Context writes it; null if it is not
 *     sampled
 * @param reach services that the role is scoped to; null for all
 * @param admission validity of the credentials, which long-running answers check repeatedly
 */
public record Caller(
        String principal,
        String role,
        String sourceAddress,
        String protocol,
        String requestId,
        @Nullable String reason,
        @Nullable String traceParent,
        @Nullable ServiceScope reach,
        CredentialValidity admission) {

    /** Creates a caller whose role has no service scope and whose admission never ends. */
    public Caller(
            String principal,
            String role,
            String sourceAddress,
            String protocol,
            String requestId,
            @Nullable String reason) {
        this(principal, role, sourceAddress, protocol, requestId, reason, null, null, CredentialValidity.UNLIMITED);
    }

    public boolean isAdmin() {
        return isAdmin(role);
    }

    static boolean isAdmin(String role) {
        return role.equals("admin");
    }

    /** Returns true if the role has the permission; for checks within a route. */
    public boolean isGranted(Permission permission) {
        return Authorizer.isGranted(role, permission);
    }

    /** Returns the names of the role's permissions, such as {@code audit.read}, in alphabetical order. */
    public List<String> permissions() {
        return Arrays.stream(Permission.values())
                .filter(this::isGranted)
                .map(Permission::displayName)
                .sorted()
                .toList();
    }

    /** Returns true if the caller was admitted without credentials. */
    public boolean isAnonymous() {
        return principal.equals(AnonymousCallerFactory.PRINCIPAL);
    }

    /** Returns true if the caller's scope includes the service of this name. */
    public boolean coversService(String service) {
        return reach == null || reach.covers(service);
    }

    /**
     * Checks that the caller may change the service of this name, whether or not the service exists.
     *
     * @throws RegistryException {@code forbidden} if the role's scope excludes the name; the same for every such name
     */
    public void requireScope(String service) {
        if (!coversService(service)) {
            throw new RegistryException(
                    ErrorCode.FORBIDDEN,
                    "The caller's role is restricted to services with other names.",
                    new FieldError(
                            "service_name", "is not in the role's scope", service, "a service in the role's scope"));
        }
    }

    /**
     * Returns a copy with the reason given in a body; this caller if there is none. A reason in the body takes
     * precedence over the header, because it is more specific.
     */
    public Caller withReason(@Nullable String reasonInBody) {
        return reasonInBody == null
                ? this
                : new Caller(
                        principal,
                        role,
                        sourceAddress,
                        protocol,
                        requestId,
                        reasonInBody,
                        traceParent,
                        reach,
                        admission);
    }

    /** Returns a copy whose request came in over another protocol, which the events of its writes record. */
    public Caller withProtocol(String dialect) {
        return new Caller(principal, role, sourceAddress, dialect, requestId, reason, traceParent, reach, admission);
    }
}
