package dev.aicore.discovery.eventstore;

/**
 * Names this process in leases and claims. A process that is started again under the same name takes over what it had at once,
 * instead of waiting for its own lease to end; so two live processes must never share one.
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
