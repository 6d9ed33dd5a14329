package dev.aicore.discovery.config.status;

import dev.aicore.discovery.api.status.ComponentStatus;
import java.util.List;

/** Reports the status of parts of this node to the status route. */
@FunctionalInterface
public interface StatusSource {

    /** Returns the current status from memory. Called on an event loop; must not block. */
    List<ComponentStatus> parts();
}
