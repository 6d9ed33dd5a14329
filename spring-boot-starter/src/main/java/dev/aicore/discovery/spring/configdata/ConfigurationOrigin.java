package dev.aicore.discovery.spring.configdata;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;

/**
 * Origin of a property: who stored it in which version, and why.
 *
 * @param service name of the configuration
 * @param version its version
 * @param author principal that stored the version; null if unknown
 * @param reason why it was stored; null if unknown
 */
record ConfigurationOrigin(
        String service,
        long version,
        @Nullable String author,
        @Nullable String reason) implements Origin {

    @Override
    public String toString() {
        return "configuration of " + service + ", version " + version + (author == null ? "" : " by " + author)
                + (reason == null ? "" : ": " + reason);
    }
}
