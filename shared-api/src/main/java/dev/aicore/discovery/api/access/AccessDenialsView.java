package dev.aicore.discovery.api.access;

import java.time.Instant;
import java.util.List;

/** Page of denied requests, newest minute first. */
public record AccessDenialsView(List<AccessDenial> denials) {
    public AccessDenialsView {
        denials = List.copyOf(denials);
    }

    /**
     * Number of denied requests of one kind in one minute, over all nodes.
     *
     * @param minute start of the minute
     * @param who a principal, the network of an unknown caller, or {@code other}
     * @param route method and path template of the route, {@code none} or {@code other}
     * @param code error code of the denial
     */
    public record AccessDenial(Instant minute, String who, String route, String code, long count) {}
}
