package dev.aicore.discovery.command.health;

import dev.aicore.discovery.api.health.CheckFailureCode;
import dev.aicore.discovery.healthchecks.probe.ProbeResult;
import dev.aicore.discovery.healthchecks.probe.Prober;
import dev.aicore.discovery.healthchecks.probe.Prober.Probe;
import java.time.Duration;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import reactor.core.publisher.Mono;

/** Returns configured results without any connection. */
final class StubProber implements Prober {

    private static final Duration LATENCY = Duration.ofNanos(12_345_678);

    private volatile Function<Probe, Mono<ProbeResult>> told = probe -> Mono.just(passed());

    void passes() {
        told = probe -> Mono.just(passed());
    }

    void fails(CheckFailureCode failure, String detail) {
        told = probe -> Mono.just(new ProbeResult(failure, detail, LATENCY));
    }

    void does(Function<Probe, Mono<ProbeResult>> what) {
        told = what;
    }

    static ProbeResult passed() {
        return new ProbeResult(null, "200", LATENCY);
    }

    @Override
    public Mono<ProbeResult> probe(Probe probe) {
        return told.apply(probe);
    }

    @Configuration(proxyBeanMethods = false)
    static class InPlace {
        @Bean
        @Primary
        StubProber stubProber() {
            return new StubProber();
        }
    }
}
