package dev.aicore.discovery.readmodel.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

@ExtendWith(OutputCaptureExtension.class)
class PeriodicTaskTest {

    private static final String FAILURE = "Failed to count sheep";

    private final PeriodicTask task = new PeriodicTask(LoggerFactory.getLogger(PeriodicTaskTest.class), FAILURE);

    @Test
    void repeatedFailure_isLoggedOnceUntilSuccess(CapturedOutput output) {
        for (int run = 0; run < 3; run++) {
            attempt(Mono.error(new IllegalStateException("no sheep")));
        }
        assertThat(logged(output)).isEqualTo(1);
        assertThat(output.getAll()).contains("no sheep");

        attempt(Mono.empty());
        attempt(Mono.error(new IllegalStateException("no sheep")));
        assertThat(logged(output)).isEqualTo(2);
    }

    @Test
    void unavailableDatabase_isNotLogged(CapturedOutput output) {
        attempt(Mono.error(new RegistryException(ErrorCode.STORE_UNAVAILABLE, "away", Duration.ofSeconds(1))));

        assertThat(logged(output)).isZero();
    }

    @Test
    void ticksDuringRun_causeOneFurtherRun() {
        var ticks = Sinks.many().multicast().<Long>directBestEffort();
        var runs = new ArrayList<Sinks.Empty<Void>>();
        task.start(ticks.asFlux(), _ -> {
            var run = Sinks.<Void>empty();
            runs.add(run);
            return run.asMono();
        });

        for (long tick = 0; tick < 4; tick++) {
            ticks.tryEmitNext(tick);
        }
        assertThat(runs).hasSize(1);
        runs.getLast().tryEmitEmpty();
        assertThat(runs).hasSize(2);
        runs.getLast().tryEmitEmpty();
        assertThat(runs).hasSize(2);

        ticks.tryEmitNext(4L);
        assertThat(runs).hasSize(3);
        task.stop();
        ticks.tryEmitNext(5L);
        runs.getLast().tryEmitEmpty();
        assertThat(runs).hasSize(3);
    }

    @Test
    void stop_isFollowedByLastRun() {
        List<String> events = new ArrayList<>();
        task.start(Flux.never().cast(Long.class).doOnCancel(() -> events.add("stop")), _ -> Mono.empty());

        task.stopAfter(Mono.fromRunnable(() -> events.add("last")));

        assertThat(events).containsExactly("stop", "last");
    }

    private void attempt(Mono<Void> work) {
        task.attempt(work).block(Duration.ofSeconds(30));
    }

    private static int logged(CapturedOutput output) {
        return output.getAll().split(FAILURE, -1).length - 1;
    }
}
