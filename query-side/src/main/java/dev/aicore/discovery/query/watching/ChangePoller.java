package dev.aicore.discovery.query.watching;

import reactor.core.publisher.Mono;

/** What tells which things have changed. Each read fails with {@code store_unavailable} while that can't be. */
public interface ChangePoller {

    /** How far changes can be read now; none of them. */
    Mono<ChangePoll> mark();

    /** Which of them changed behind a position; perhaps not as far as changes can be read. */
    Mono<ChangePoll> changed(long after);
}
