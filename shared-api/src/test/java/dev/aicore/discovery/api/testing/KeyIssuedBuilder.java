package dev.aicore.discovery.api.testing;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyIssued;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Builds {@link KeyIssued}. */
public final class KeyIssuedBuilder {

    private final String keyId;
    private final String hash;
    private String principal = "ann";
    private String role = "service";
    private String description = "";
    private Instant issuedAt = Instant.EPOCH;
    private @Nullable Instant expiresAt;
    private EventMetadata envelope = EventMetadata.ofRegistry("rest");

    private KeyIssuedBuilder(String keyId, String hash) {
        this.keyId = keyId;
        this.hash = hash;
    }

    /** Returns a builder of a key that {@code ann} uses in the role {@code service} and that never expires. */
    public static KeyIssuedBuilder aKeyIssued(String keyId, String hash) {
        return new KeyIssuedBuilder(keyId, hash);
    }

    public KeyIssuedBuilder principal(String value) {
        principal = value;
        return this;
    }

    public KeyIssuedBuilder role(String value) {
        role = value;
        return this;
    }

    public KeyIssuedBuilder description(String value) {
        description = value;
        return this;
    }

    public KeyIssuedBuilder issuedAt(Instant value) {
        issuedAt = value;
        return this;
    }

    public KeyIssuedBuilder expiresAt(@Nullable Instant value) {
        expiresAt = value;
        return this;
    }

    public KeyIssuedBuilder envelope(EventMetadata value) {
        envelope = value;
        return this;
    }

    public KeyIssued build() {
        return new KeyIssued(keyId, principal, role, description, hash, issuedAt, expiresAt, envelope);
    }
}
