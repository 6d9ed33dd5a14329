package dev.aicore.discovery.config.time;

import java.security.SecureRandom;

/** Where bytes come from that nobody must guess. */
@FunctionalInterface
public interface SecretGenerator {
    /** New random bytes. May read a file: not for event loops. */
    byte[] next(int length);

    /** From the machine's secure source. */
    static SecretGenerator random() {
        var source = new SecureRandom();
        return length -> {
            var bytes = new byte[length];
            source.nextBytes(bytes);
            return bytes;
        };
    }
}
