package dev.aicore.discovery.eventstore;

/**
 * Name of this process in leases and claims. A process that restarts under the same name takes its leases and claims
 * over at once, instead of waiting for them to end. Two live processes must never share a name.
 *
 * @param name 1 to 200 characters
 */
public record WriterId(String name) {

    public WriterId {
        if (name.isBlank() || name.length() > 200) {
            throw new IllegalArgumentException(
                    "The name of a writer must have 1 to 200 characters, got '" + name + "'.");
        }
    }
}
