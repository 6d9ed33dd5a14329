package dev.aicore.discovery.config.eventstore;

import java.lang.management.ManagementFactory;

/**
 * Names this process in leases and claims. A process that is started again under the same name takes over what it had at once,
 * instead of waiting for its own lease to end; so two live processes must never share one.
 *
 * @param name 1 to 200 characters
 */
public record StoreOwner(String name) {

    public StoreOwner {
        if (name.isBlank() || name.length() > 200) {
            throw new IllegalArgumentException(
                    "The name of a writer must have 1 to 200 characters, got '" + name + "'.");
        }
    }

    /**
     * The process that listens on that port of this machine.
     *
     * @param port 0 if it is any free one: then the process id tells it from others
     */
    public static StoreOwner listeningOn(int port) {
        var process = ManagementFactory.getRuntimeMXBean().getName();
        var host = process.substring(process.indexOf('@') + 1);
        return new StoreOwner(port == 0 ? process : host + ':' + port);
    }
}
