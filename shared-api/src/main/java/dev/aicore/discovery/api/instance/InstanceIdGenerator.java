package dev.aicore.discovery.api.instance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Derives the id of an instance that its owner did not name, and validates ids. */
public final class InstanceIdGenerator {

    /** UUID namespace of derived ids. */
    public static final UUID UUID_NAMESPACE = UUID.fromString("5d4a1c0e-8a3b-5c1f-9d52-7b1f0c6a2e94");

    /** Describes the ids that {@link #isId} accepts, for error messages. */
    public static final String EXPECTED = "1 to 256 of A-Z a-z 0-9 . _ : @ -, other than . and ..";

    private static final int MAX_LENGTH = 256;

    private InstanceIdGenerator() {}

    /**
     * Returns true if the text is a valid id: 1 to 256 characters of {@code A-Za-z0-9._:@-}. {@code .} and {@code ..}
     * are invalid: clients and proxies remove them from a path (RFC 3986, 5.2.4), so that the instance could not be
     * requested by its id.
     */
    public static boolean isId(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH || text.equals(".") || text.equals("..")) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isIdCharacter(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIdCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '-' && c <= ':' && c != '/') || (c >= '@' && c <= 'Z') || c == '_';
    }

    /**
     * Returns the UUIDv5 (RFC 9562) of {@code v1|namespace|name|host|port}. An instance that restarts at the same
     * address gets the same id again.
     *
     * @param host host in normal form: lower case, IPv6 as in RFC 5952
     */
    public static String derive(String namespace, String name, String host, int port) {
        var sha1 = sha1();
        sha1.update(ByteBuffer.allocate(16)
                .putLong(UUID_NAMESPACE.getMostSignificantBits())
                .putLong(UUID_NAMESPACE.getLeastSignificantBits())
                .array());
        var hash = ByteBuffer.wrap(
                sha1.digest(("v1|" + namespace + '|' + name + '|' + host + '|' + port).getBytes(UTF_8)));
        long high = (hash.getLong() & 0xffffffff_ffff0fffL) | 0x5000L;
        long low = (hash.getLong() & 0x3fffffff_ffffffffL) | 0x80000000_00000000L;
        return new UUID(high, low).toString();
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-1 is not available.", e);
        }
    }
}
