package dev.aicore.discovery.spring;

import org.jspecify.annotations.Nullable;

/** Ports on which this process listens. Without a web server, there are none. */
public interface ListeningPorts {

    /** Returns the port of the application's web server; null before it listens, or without one. */
    default @Nullable Integer application() {
        return null;
    }

    /** Returns the port of Actuator's web server, which is mostly the application's; null without one. */
    default @Nullable Integer management() {
        return null;
    }
}
