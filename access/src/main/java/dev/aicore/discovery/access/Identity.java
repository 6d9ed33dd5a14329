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
 * @param sessionSince start of the session that a token was issued for, in milliseconds since 1970; {@link #NO_SESSION}
 *     if it was issued for none
 * @param expiresAt expiry in milliseconds since 1970; {@link Long#MAX_VALUE} for never
 */
record Identity(
        String principal, String role, @Nullable String keyId, long keySince, long sessionSince, long expiresAt) {

    /** Start of no session: later than the end of any. */
    static final long NO_SESSION = Long.MAX_VALUE;

    /** Creates an identity that depends on no session. */
    Identity(String principal, String role, @Nullable String keyId, long keySince, long expiresAt) {
        this(principal, role, keyId, keySince, NO_SESSION, expiresAt);
    }

    /** Role of a token that names only roles unknown to the registry; it grants nothing. */
    static final String NO_ROLE = "none";

    boolean isOver(long now) {
        return now >= expiresAt;
    }
}
