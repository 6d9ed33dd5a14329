package dev.aicore.discovery.api.access;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes an API key without its secret.
 *
 * @param prefix first characters of the key
 * @param rotatedAt the time of the last rotation; null if the key was never rotated
 * @param expiresAt the time of expiry; null if the key never expires
 * @param revokedAt the time of revocation; null if the key is not revoked
 */
public record ApiKeyView(
        String keyId,
        String prefix,
        String principal,
        String role,
        String description,
        String issuedBy,
        Instant issuedAt,
        @Nullable Instant rotatedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt) {

    /** Page of API keys, oldest first. */
    public record ApiKeysView(List<ApiKeyView> keys) {
        public ApiKeysView {
            keys = List.copyOf(keys);
        }
    }
}
