package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.api.instance.InstanceIdGenerator;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Derives the native id of an instance that was registered over Consul, {@code <id>@<agent>}. A Consul id is unique
 * only within its agent, and the agent of a client is on the client's host; so the agent is the source address of the
 * request. All loopback addresses are one agent.
 */
final class ConsulInstanceId {

    static final String LOCAL_AGENT = "localhost";

    private static final int MAX_LENGTH = 256;

    private ConsulInstanceId() {}

    /** Returns the agent of a caller with a source address. */
    static String agent(String sourceAddress) {
        boolean local = sourceAddress.startsWith("127.")
                || sourceAddress.equals("::1")
                || sourceAddress.equals("0:0:0:0:0:0:0:1");
        return local ? LOCAL_AGENT : plain(sourceAddress);
    }

    /**
     * Returns the native id, which is stable and readable. Characters that native ids don't allow become {@code -}, and
     * a checksum of the original id follows, so that different ids stay different.
     */
    static String of(String consulId, String agent) {
        var plain = plain(consulId);
        int room = MAX_LENGTH - agent.length() - 10;
        if (plain.equals(consulId) && plain.length() <= room) {
            return plain + '@' + agent;
        }
        var checksum = new CRC32C();
        checksum.update(consulId.getBytes(StandardCharsets.UTF_8));
        var kept = plain.length() > room ? plain.substring(0, room) : plain;
        return "%s.%08x@%s".formatted(kept, checksum.getValue(), agent);
    }

    private static String plain(String text) {
        var plain = new StringBuilder(text.length());
        text.chars().forEach(c -> plain.append(InstanceIdGenerator.isId("a" + (char) c) ? (char) c : '-'));
        return plain.toString();
    }
}
