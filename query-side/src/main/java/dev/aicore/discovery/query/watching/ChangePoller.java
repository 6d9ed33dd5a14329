package dev.aicore.discovery.query.watching;

import reactor.core.publisher.Mono;

/** Finds what has changed. Each read fails with {@code store_unavailable} if it can't be done. */
public interface ChangePoller {

    /** Returns the position up to which changes can be read now, without changes. */
    Mono<ChangePollResult> mark();

    /** Returns the changes after a position; perhaps not up to the last position that can be read. */
    Mono<ChangePollResult> changed(long after);
}
