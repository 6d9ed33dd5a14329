package dev.aicore.discovery.config.time;

import java.security.SecureRandom;

/** Generates random bytes that can't be guessed. */
@FunctionalInterface
public interface SecretGenerator {
    /** Returns {@code length} new random bytes. May read a file: don't call it on event loops. */
    byte[] next(int length);

    /** Creates a generator that uses the secure source of the machine. */
    static SecretGenerator random() {
        var source = new SecureRandom();
        return length -> {
            var bytes = new byte[length];
            source.nextBytes(bytes);
            return bytes;
        };
    }
}
