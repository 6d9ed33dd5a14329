package dev.aicore.discovery.api.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key as it may be shown: all but the key.
 *
 * @param prefix what the key begins with
 * @param rotatedAt when it last got another secret; null if never
 * @param expiresAt when it ends by itself; null if never
 * @param revokedAt when it was ended; null if it wasn't
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
        @Nullable Instant revokedAt) {}
