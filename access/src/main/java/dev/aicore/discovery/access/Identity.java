package dev.aicore.discovery.access;

import org.jspecify.annotations.Nullable;

/**
 * Identity that a token, key or certificate stands for.
 *
 * @param principal owner of what the caller registers: the subject, not the key
 * @param role a name that {@link RoleResolver} knows, or {@link #NO_ROLE}
 * @param keyId key that the identity depends on and that must still be live; null for tokens of another issuer and for
 *     certificates
 * @param keySince time at which the presented secret became the key's, in milliseconds since 1970; that secret must
 *     still be valid
 * @param expiresAt expiry in milliseconds since 1970; {@link Long#MAX_VALUE} for never
 */
record Identity(String principal, String role, @Nullable String keyId, long keySince, long expiresAt) {

    /** Role of a token that names only roles unknown to the registry; it grants nothing. */
    static final String NO_ROLE = "none";

    boolean isOver(long now) {
        return now >= expiresAt;
    }
}
