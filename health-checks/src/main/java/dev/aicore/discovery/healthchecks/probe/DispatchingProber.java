package dev.aicore.discovery.healthchecks.probe;

import dev.aicore.discovery.api.health.CheckFailureCode;
import dev.aicore.discovery.config.settings.HealthCheckSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.healthchecks.outbound.Egress;
import dev.aicore.discovery.healthchecks.outbound.OutboundClients;
import java.util.Map;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** A prober for each type of check that is active, under the check's timeout. How many run at once is up to who schedules them. */
public final class DispatchingProber implements Prober {

    private final Map<String, Prober> byType;

    /**
     * @param time for latencies
     * @param timer for timeouts; it must not block
     */
    public DispatchingProber(
            OutboundClients outboundClients, HealthCheckSettings settings, TimeSource time, Scheduler timer) {
        this(outboundClients.egress(), outboundClients, settings, time, timer);
    }

    DispatchingProber(
            Egress egress,
            OutboundClients outboundClients,
            HealthCheckSettings settings,
            TimeSource time,
            Scheduler timer) {
        var timeout = new ProbeTimeout(time, timer);
        var scripts = settings.scriptsDirectory();
        this.byType = Map.of(
                "http", timeout.around(new HttpProber(egress, outboundClients.http())),
                "tcp", timeout.around(new TcpProber(egress, outboundClients.tcp())),
                "grpc", timeout.around(new GrpcProber(egress, outboundClients.grpc())),
                "script",
                        scripts == null ? ScriptProber.off() : new ScriptProber(new ScriptDirectory(scripts), timeout));
    }

    @Override
    public Mono<ProbeResult> probe(Probe probe) {
        var prober = byType.get(probe.check().checkType());
        return prober == null
                ? Mono.just(ProbeResult.fail(
                        CheckFailureCode.INVALID, "type " + probe.check().checkType()))
                : prober.probe(probe);
    }
}
