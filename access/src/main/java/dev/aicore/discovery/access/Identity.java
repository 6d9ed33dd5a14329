package dev.aicore.discovery.access;

import org.jspecify.annotations.Nullable;

/**
 * Whom a token or a key stands for.
 *
 * @param principal who owns what they register: the subject, not the key
 * @param role of {@link RoleResolver}, or {@link #NO_ROLE}
 * @param keyId the key that it depends on, which must live as long; null for a token that comes from no key of ours
 * @param keySince when the secret became that key's which was shown, in milliseconds since 1970: the key must take it still
 * @param expiresAt when it is over, in milliseconds since 1970; {@link Long#MAX_VALUE} is never
 */
record Identity(String principal, String role, @Nullable String keyId, long keySince, long expiresAt) {

    /** Of a token that names roles of others only: it may do nothing. */
    static final String NO_ROLE = "none";

    boolean isOver(long now) {
        return now >= expiresAt;
    }
}
