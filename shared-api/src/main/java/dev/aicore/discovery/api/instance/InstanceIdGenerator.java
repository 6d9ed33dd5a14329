package dev.aicore.discovery.api.instance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** How an instance is named when its owner doesn't name it. */
public final class InstanceIdGenerator {

    /** The UUID namespace of derived ids. */
    public static final UUID UUID_NAMESPACE = UUID.fromString("5d4a1c0e-8a3b-5c1f-9d52-7b1f0c6a2e94");

    /** What {@link #isId} takes, in words. */
    public static final String EXPECTED = "1 to 256 of A-Z a-z 0-9 . _ : @ -, other than . and ..";

    private static final int MAX_LENGTH = 256;

    private InstanceIdGenerator() {}

    /**
     * Whether a text can be an id: 1 to 256 of {@code A-Za-z0-9._:@-}. {@code .} and {@code ..} are none: clients and proxies take
     * them out of a path (RFC 3986, 5.2.4), so that such an instance couldn't be asked for by its id.
     */
    public static boolean isId(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH || text.equals(".") || text.equals("..")) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isOfIds(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOfIds(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '-' && c <= ':' && c != '/') || (c >= '@' && c <= 'Z') || c == '_';
    }

    /**
     * UUIDv5 (RFC 9562) of {@code v1|namespace|name|host|port}: a service that restarts gets the same id again.
     *
     * @param host in its normal form: lower case, IPv6 as in RFC 5952
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
            throw new IllegalStateException("Every Java runtime has SHA-1.", e);
        }
    }
}
