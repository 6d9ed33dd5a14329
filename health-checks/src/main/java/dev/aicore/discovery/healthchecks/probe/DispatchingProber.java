package dev.aicore.discovery.healthchecks.probe;

import dev.aicore.discovery.api.health.CheckFailureCode;
import dev.aicore.discovery.config.settings.HealthCheckSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.healthchecks.outbound.Egress;
import dev.aicore.discovery.healthchecks.outbound.OutboundClients;
import dev.aicore.discovery.healthchecks.probe.Prober.Probe;
import java.util.Map;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Selects the prober by the type of the check, and enforces the timeout of the check. The scheduler limits the number
 * of concurrent checks.
 */
public final class DispatchingProber implements Prober {

    private final Map<String, Prober> byType;

    /**
     * Creates a prober for all types of active checks.
     *
     * @param time clock for latencies
     * @param timer scheduler of timeouts; its thread must not be blocked
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
                "http", timeout.wrap(new HttpProber(egress, outboundClients.http())),
                "tcp", timeout.wrap(new TcpProber(egress, outboundClients.tcp())),
                "grpc", timeout.wrap(new GrpcProber(egress, outboundClients.grpc())),
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
