package dev.aicore.discovery.access;

import dev.aicore.discovery.config.time.SecretGenerator;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts and authenticates texts that a browser stores (AES-256-GCM). The key is derived (HKDF, RFC 5869) from the
 * secret that the nodes share, so that every node can open what another one sealed.
 */
final class SessionCipher {

    private static final byte[] PURPOSE = "registry session 1".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecretGenerator secretGenerator;

    SessionCipher(TokenSigningKey signingKey, SecretGenerator secretGenerator) {
        try {
            this.key = KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(signingKey.key())
                                    .thenExpand(PURPOSE, KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 25 has HKDF-SHA256.", e);
        }
        this.secretGenerator = secretGenerator;
    }

    /** Returns the sealed text in characters that a cookie may contain. May block: don't call it on event loops. */
    String seal(String text) {
        var nonce = secretGenerator.next(NONCE_BYTES);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(text.getBytes(StandardCharsets.UTF_8));
            var both = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, both, NONCE_BYTES, sealed.length);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(both);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Failed to seal a session.", e);
        }
    }

    /** Returns the text; null if it was changed, or sealed by another key. */
    @Nullable
    String open(String sealed) {
        try {
            var both = Base64.getUrlDecoder().decode(sealed);
            if (both.length <= NONCE_BYTES) {
                return null;
            }
            var text = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(both, NONCE_BYTES))
                    .doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES);
            return new String(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException | GeneralSecurityException forged) {
            return null;
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
