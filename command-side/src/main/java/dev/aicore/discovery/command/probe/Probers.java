package dev.aicore.discovery.command.probe;

import dev.aicore.discovery.api.health.CheckFailure;
import dev.aicore.discovery.config.outbound.Egress;
import dev.aicore.discovery.config.outbound.Outbound;
import dev.aicore.discovery.config.settings.HealthCheckSettings;
import dev.aicore.discovery.config.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** A prober for each type of check that is active, under the check's timeout. How many run at once is up to who schedules them. */
public final class Probers implements Prober {

    private final Map<String, CheckRunner> byType;
    private final TimeSource time;
    private final Scheduler timer;

    /**
     * @param time for latencies
     * @param timer for timeouts; it must not block
     */
    public Probers(Outbound outbound, HealthCheckSettings settings, TimeSource time, Scheduler timer) {
        this(outbound.egress(), outbound, settings, time, timer);
    }

    Probers(Egress egress, Outbound outbound, HealthCheckSettings settings, TimeSource time, Scheduler timer) {
        var scripts = settings.scriptsDirectory();
        this.byType = Map.of(
                "http", new HttpProber(egress, outbound.http()),
                "tcp", new TcpProber(egress, outbound.tcp()),
                "grpc", new GrpcProber(egress, outbound.grpc()),
                "script", scripts == null ? ScriptProber.off() : new ScriptProber(new ScriptDirectory(scripts)));
        this.time = time;
        this.timer = timer;
    }

    @Override
    public Mono<ProbeResult> probe(Probe probe) {
        return Mono.defer(() -> {
            long begun = time.nanos();
            return run(probe)
                    .timeout(Duration.ofSeconds(probe.check().timeout()), timer)
                    .onErrorResume(failure -> Mono.just(Failures.result(failure)))
                    .map(result -> result.took(time.nanos() - begun));
        });
    }

    private Mono<ProbeResult> run(Probe probe) {
        var runner = byType.get(probe.check().checkType());
        return runner == null
                ? Mono.just(ProbeResult.fail(
                        CheckFailure.INVALID, "type " + probe.check().checkType()))
                : Mono.defer(() -> runner.run(probe));
    }
}
