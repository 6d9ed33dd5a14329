package dev.aicore.discovery.access;

import dev.aicore.discovery.api.access.ServiceScope;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request, as the gate established it. Controllers take it as an argument.
 *
 * @param principal the name that owns what it registers; {@code anonymous} where identity is not asked for
 * @param role one of admin, operator, viewer, service; {@code none} on routes that are open to everyone
 * @param sourceAddress the address of the connection's other end, without port; {@code unknown} if there is none
 * @param protocol how it came in: {@code rest}
 * @param requestId 1 to 128 of {@code A-Za-z0-9._-}
 * @param reason why, in the caller's words (header {@code X-Reason}), 1 to 512 characters; null if they said none
 * @param reach the services that the role is bound to; null for all
 * @param admission to be asked again by whoever answers for long
 */
public record Caller(
        String principal,
        String role,
        String sourceAddress,
        String protocol,
        String requestId,
        @Nullable String reason,
        @Nullable ServiceScope reach,
        CredentialValidity admission) {

    /** One whose role is bound to no services, and who is let in for good. */
    public Caller(
            String principal,
            String role,
            String sourceAddress,
            String protocol,
            String requestId,
            @Nullable String reason) {
        this(principal, role, sourceAddress, protocol, requestId, reason, null, CredentialValidity.ENDLESS);
    }

    public boolean isAdmin() {
        return role.equals("admin");
    }

    /** Whether the role has that permission, for what isn't a route of its own. */
    public boolean isGranted(Permission permission) {
        return Authorizer.isGranted(role, permission);
    }

    /** Whether there is anything for this caller in the service of that name. */
    public boolean reaches(String service) {
        return reach == null || reach.covers(service);
    }

    /**
     * Lets this caller change the service of that name, which may or may not be there.
     *
     * @throws RegistryException {@code forbidden} if its role is bound to others; the same for every name
     */
    public void requireReach(String service) {
        if (!reaches(service)) {
            throw new RegistryException(
                    ErrorCode.FORBIDDEN,
                    "The caller's role is bound to services of other names than this one.",
                    new FieldError(
                            "service_name",
                            "is outside of the role's names",
                            service,
                            "a service that the role is bound to"));
        }
    }

    /** The same caller, with the reason given in a body if there is one: it is nearer to the deed than the header. */
    public Caller withReason(@Nullable String reasonInBody) {
        return reasonInBody == null
                ? this
                : new Caller(principal, role, sourceAddress, protocol, requestId, reasonInBody, reach, admission);
    }
}
