package dev.aicore.discovery.config.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

/**
 * Verifies that a blocking call on an event loop fails the tests of a module; otherwise they would prove nothing about
 * it.
 */
public abstract class EventLoopContract {

    @Test
    void blockingCall_onEventLoop_fails() {
        var loops = LoopResources.create("watched", 1, true);
        try {
            assertThat(blockedOn(Schedulers.fromExecutor(loops.onServer(true))))
                    .hasRootCauseInstanceOf(BlockingOperationError.class);
        } finally {
            loops.dispose();
        }
    }

    @Test
    void blockingCall_onParallelScheduler_fails() {
        assertThat(blockedOn(Schedulers.parallel())).hasRootCauseInstanceOf(BlockingOperationError.class);
    }

    @Test
    void blockingCall_onBoundedElasticScheduler_succeeds() {
        assertThat(blockedOn(Schedulers.boundedElastic())).isNull();
    }

    private static Throwable blockedOn(Scheduler scheduler) {
        var waiting = Mono.fromCallable(() -> new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS));
        return catchThrowable(() -> waiting.subscribeOn(scheduler).block());
    }
}
