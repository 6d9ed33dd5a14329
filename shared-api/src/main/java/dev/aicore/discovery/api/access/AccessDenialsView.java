package dev.aicore.discovery.api.access;

import java.time.Instant;
import java.util.List;

/** How often whom the gate did not let in, the newest minute first. */
public record AccessDenialsView(List<AccessDenial> denials) {
    public AccessDenialsView {
        denials = List.copyOf(denials);
    }

    /**
     * Of one kind, in one minute, at all nodes.
     *
     * @param minute when it began
     * @param who a principal, the network of somebody unknown, or {@code other}
     * @param route its method and template, {@code none} or {@code other}
     * @param code why not
     */
    public record AccessDenial(Instant minute, String who, String route, String code, long count) {}
}
