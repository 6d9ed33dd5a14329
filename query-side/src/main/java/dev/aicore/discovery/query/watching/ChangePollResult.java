package dev.aicore.discovery.query.watching;

import java.util.Map;

/**
 * Changes since the previous poll.
 *
 * @param mark position up to which the poll covers all changes
 * @param changed position of the last change by name, e.g. of a service
 */
public record ChangePollResult(long mark, Map<String, Long> changed) {
    public ChangePollResult {
        changed = Map.copyOf(changed);
    }
}
