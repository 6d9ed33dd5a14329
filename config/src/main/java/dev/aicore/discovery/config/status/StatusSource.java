package dev.aicore.discovery.config.status;

import dev.aicore.discovery.api.status.ComponentStatus;
import java.util.List;

/** Tells how parts of this node are, for the status route. */
@FunctionalInterface
public interface StatusSource {

    /** How they are now, from memory: it is called on an event loop and must not block. */
    List<ComponentStatus> parts();
}
