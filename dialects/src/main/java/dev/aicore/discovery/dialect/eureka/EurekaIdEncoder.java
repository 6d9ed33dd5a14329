package dev.aicore.discovery.dialect.eureka;

import dev.aicore.discovery.web.NameRules;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Creates the ids and names of the registry from those of Eureka. An id in Eureka is unique within its application
 * only, so the registry's id is the application in lower case, a colon, and the id. Equal input always has the
 * same result.
 */
final class EurekaIdEncoder {

    private static final int MAX_LENGTH = 256;
    private static final int MAX_NAME = 128;
    private static final int HASH_LENGTH = 32;

    private EurekaIdEncoder() {}

    /** Returns the registry's id: other characters than its own become {@code @} and two hexadecimal digits each. */
    static String toId(String app, String id) {
        var encoded = encode(app.toLowerCase(Locale.ROOT), "-._") + ":" + encode(id, "-._:");
        if (encoded.length() <= MAX_LENGTH) {
            return encoded;
        }
        return encoded.substring(0, MAX_LENGTH - HASH_LENGTH - 1) + "@" + hash(encoded);
    }

    /**
     * Returns the service of an application: its virtual address if both are equal but for case, which the address
     * shows; otherwise the application in lower case, with {@code -} for characters that names can't have.
     */
    static String toServiceName(String app, String vipAddress) {
        if (vipAddress.equalsIgnoreCase(app) && isServiceName(vipAddress)) {
            return vipAddress;
        }
        var name = new StringBuilder();
        for (char c : app.toLowerCase(Locale.ROOT).toCharArray()) {
            name.append(isPlain(c, "-._") ? c : '-');
        }
        while (!name.isEmpty() && !Character.isLetterOrDigit(name.charAt(0))) {
            name.deleteCharAt(0);
        }
        name.setLength(Math.min(name.length(), MAX_NAME));
        while (!name.isEmpty() && !Character.isLetterOrDigit(name.charAt(name.length() - 1))) {
            name.setLength(name.length() - 1);
        }
        return name.toString();
    }

    private static boolean isServiceName(String name) {
        return NameRules.isService(name);
    }

    private static String encode(String text, String plain) {
        var encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (isPlain(c, plain)) {
                encoded.append(c);
            } else {
                encoded.append('@').append("%02X".formatted((int) c));
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(char c, String others) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || others.indexOf(c) >= 0;
    }

    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available.", e);
        }
    }
}
