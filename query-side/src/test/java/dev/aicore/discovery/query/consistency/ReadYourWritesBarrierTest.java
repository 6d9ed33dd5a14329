package dev.aicore.discovery.query.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.readmodel.LocalWatermarks;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class ReadYourWritesBarrierTest {

    private static final int CALLERS = 4;
    private static final int WAITS = 20_000;

    /** Callers that give up and arrive at the same time share their polls, and end them. */
    @Test
    void awaitPosition_besideCallersThatGiveUp_failsWithItsOwnTimeoutOnly() {
        var barrier = new ReadYourWritesBarrier(Mono.never(), LocalWatermarks.fed(), Schedulers.parallel());
        var unreached = new ConsistencyRequirement(1, Duration.ofNanos(1));

        var failures = Flux.range(0, CALLERS)
                .flatMap(_ -> Flux.range(0, WAITS)
                        .concatMap(_ -> barrier.awaitPosition(unreached, Set.of("instances"))
                                .subscribeOn(Schedulers.parallel())
                                .materialize())
                        .mapNotNull(signal -> signal.getThrowable()))
                .filter(failure -> !isNotYetVisible(failure))
                .collectList()
                .block();

        assertThat(failures).isEmpty();
    }

    private static boolean isNotYetVisible(Throwable failure) {
        return failure instanceof RegistryException refusal && refusal.code() == ErrorCode.NOT_YET_VISIBLE;
    }
}
