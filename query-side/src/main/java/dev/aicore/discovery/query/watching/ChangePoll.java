package dev.aicore.discovery.query.watching;

import java.util.Map;

/**
 * What changed since the look before.
 *
 * @param mark all changes up to this position were looked at
 * @param changed position of its last change by name, such as a service's
 */
public record ChangePoll(long mark, Map<String, Long> changed) {
    public ChangePoll {
        changed = Map.copyOf(changed);
    }
}
