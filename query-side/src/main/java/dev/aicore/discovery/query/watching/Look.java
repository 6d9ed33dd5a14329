package dev.aicore.discovery.query.watching;

import java.util.Map;

/**
 * Which services changed since the look before.
 *
 * @param mark all changes up to this position were looked at
 * @param changed position of its last change by service
 */
record Look(long mark, Map<String, Long> changed) {
    Look {
        changed = Map.copyOf(changed);
    }
}
