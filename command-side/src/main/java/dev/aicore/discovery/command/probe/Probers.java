package dev.aicore.discovery.command.probe;

import dev.aicore.discovery.api.health.CheckFailure;
import dev.aicore.discovery.config.outbound.Egress;
import dev.aicore.discovery.config.outbound.Outbound;
import dev.aicore.discovery.config.settings.HealthCheckSettings;
import dev.aicore.discovery.config.time.TimeSource;
import java.util.Map;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** A prober for each type of check that is active, under the check's timeout. How many run at once is up to who schedules them. */
public final class Probers implements Prober {

    private final Map<String, Prober> byType;

    /**
     * @param time for latencies
     * @param timer for timeouts; it must not block
     */
    public Probers(Outbound outbound, HealthCheckSettings settings, TimeSource time, Scheduler timer) {
        this(outbound.egress(), outbound, settings, time, timer);
    }

    Probers(Egress egress, Outbound outbound, HealthCheckSettings settings, TimeSource time, Scheduler timer) {
        var limit = new TimeLimit(time, timer);
        var scripts = settings.scriptsDirectory();
        this.byType = Map.of(
                "http", limit.around(new HttpProber(egress, outbound.http())),
                "tcp", limit.around(new TcpProber(egress, outbound.tcp())),
                "grpc", limit.around(new GrpcProber(egress, outbound.grpc())),
                "script", scripts == null ? ScriptProber.off() : new ScriptProber(new ScriptDirectory(scripts), limit));
    }

    @Override
    public Mono<ProbeResult> probe(Probe probe) {
        var prober = byType.get(probe.check().checkType());
        return prober == null
                ? Mono.just(ProbeResult.fail(
                        CheckFailure.INVALID, "type " + probe.check().checkType()))
                : prober.probe(probe);
    }
}
