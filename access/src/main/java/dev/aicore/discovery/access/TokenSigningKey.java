package dev.aicore.discovery.access;

import java.nio.charset.StandardCharsets;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The secret that signs and verifies the registry's own tokens. Has no text form. */
final class TokenSigningKey {

    private final SecretKey key;

    private TokenSigningKey(byte[] secret) {
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    static TokenSigningKey of(String secret) {
        return new TokenSigningKey(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** Creates a key from random bytes. No one else knows it, and it ends with the process. */
    static TokenSigningKey random(byte[] secret) {
        return new TokenSigningKey(secret);
    }

    SecretKey key() {
        return key;
    }
}
