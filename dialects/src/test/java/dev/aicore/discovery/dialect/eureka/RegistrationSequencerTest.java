package dev.aicore.discovery.dialect.eureka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class RegistrationSequencerTest {

    private final RegistrationSequencer sequencer = new RegistrationSequencer();
    private final List<String> log = new ArrayList<>();
    private final Sinks.One<String> first = Sinks.one();
    private final Sinks.One<String> second = Sinks.one();

    private Disposable start(String key, String name, Mono<String> end) {
        var registration = Mono.defer(() -> {
            log.add(name + " starts");
            return end;
        });
        return sequencer.run(key, registration).subscribe(log::add, failure -> log.add(name + " fails"));
    }

    @Test
    void registrationsOfOneInstance_runOneAfterTheOther() {
        start("a", "1", first.asMono());
        start("a", "2", second.asMono());
        start("a", "3", Mono.just("3 ends"));
        assertThat(log).containsExactly("1 starts");

        first.tryEmitValue("1 ends").orThrow();
        second.tryEmitError(new IllegalStateException()).orThrow();
        assertThat(log).containsExactly("1 starts", "1 ends", "2 starts", "2 fails", "3 starts", "3 ends");
        assertThat(sequencer.size()).isZero();
    }

    @Test
    void registrationsOfOtherInstances_runAtTheSameTime() {
        start("a", "1", first.asMono());
        start("b", "2", second.asMono());

        assertThat(log).containsExactly("1 starts", "2 starts");
        assertThat(sequencer.size()).isEqualTo(2);
    }

    @Test
    void cancelledRegistration_thatWaits_isNotStartedAndLetsNoOtherPass() {
        start("a", "1", first.asMono());
        var waiting = start("a", "2", second.asMono());
        start("a", "3", Mono.just("3 ends"));
        waiting.dispose();
        assertThat(log).containsExactly("1 starts");

        first.tryEmitValue("1 ends").orThrow();
        assertThat(log).containsExactly("1 starts", "1 ends", "3 starts", "3 ends");
        assertThat(sequencer.size()).isZero();
    }

    @Test
    void cancelledRegistration_thatRuns_isWaitedFor() {
        var running = start("a", "1", first.asMono());
        start("a", "2", Mono.just("2 ends"));
        running.dispose();
        assertThat(log).containsExactly("1 starts");

        first.tryEmitValue("1 ends").orThrow();
        assertThat(log).containsExactly("1 starts", "2 starts", "2 ends");
    }
}
