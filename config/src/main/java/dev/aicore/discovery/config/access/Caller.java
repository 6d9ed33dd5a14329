package dev.aicore.discovery.config.access;

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
 */
public record Caller(
        String principal,
        String role,
        String sourceAddress,
        String protocol,
        String requestId,
        @Nullable String reason) {

    public boolean isAdmin() {
        return role.equals("admin");
    }

    /** The same caller, with the reason given in a body if there is one: it is nearer to the deed than the header. */
    public Caller because(@Nullable String reasonInBody) {
        return reasonInBody == null
                ? this
                : new Caller(principal, role, sourceAddress, protocol, requestId, reasonInBody);
    }
}
