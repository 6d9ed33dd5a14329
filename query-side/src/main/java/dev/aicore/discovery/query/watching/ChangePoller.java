package dev.aicore.discovery.query.watching;

import java.util.Map;
import reactor.core.publisher.Mono;

/** Finds what has changed. Each read fails with {@code store_unavailable} if it can't be done. */
public interface ChangePoller {

    /** Returns the position up to which changes can be read now, without changes. */
    Mono<ChangePollResult> mark();

    /** Returns the changes after a position; perhaps not up to the last position that can be read. */
    Mono<ChangePollResult> changed(long after);

    /**
     * Changes since the previous poll.
     *
     * @param mark position up to which the poll covers all changes
     * @param changed position of the last change by name, e.g. of a service
     */
    record ChangePollResult(long mark, Map<String, Long> changed) {
        public ChangePollResult {
            changed = Map.copyOf(changed);
        }
    }
}
