package dev.aicore.discovery.config.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Creates valid and invalid tokens without a library, since libraries refuse to create invalid ones. */
public final class TestTokenBuilder {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private TestTokenBuilder() {}

    /** Creates a token that is signed with HMAC, whatever algorithm its header names. */
    public static String hmac(String header, String claims, byte[] secret, String algorithm) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret, algorithm));
            var signed = unsigned(header, claims);
            return signed + "." + BASE64.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Creates a token that a registry with this secret accepts if the claims are valid. */
    public static String hs256(String claims, String secret) {
        return hmac(
                "{\"alg\":\"HS256\",\"typ\":\"JWT\"}", claims, secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    /** Creates a token that is signed with a private key. */
    public static String rsa(String header, String claims, PrivateKey key) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            var signed = unsigned(header, claims);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Creates a token without a signature. */
    public static String unsigned(String header, String claims) {
        return encoded(header) + "." + encoded(claims);
    }

    public static String encoded(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
