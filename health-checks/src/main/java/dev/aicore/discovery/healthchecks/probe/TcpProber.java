package dev.aicore.discovery.healthchecks.probe;

import dev.aicore.discovery.healthchecks.outbound.Egress;
import dev.aicore.discovery.healthchecks.outbound.OutboundTcpClient;
import dev.aicore.discovery.healthchecks.probe.CheckConfig.InvalidCheckException;
import dev.aicore.discovery.healthchecks.probe.ProbeTimeout.CheckRunner;
import dev.aicore.discovery.healthchecks.probe.Prober.Probe;
import reactor.core.publisher.Mono;

/** Passes if a TCP connection can be opened. Sends nothing on it. */
final class TcpProber implements CheckRunner {

    private final Egress egress;
    private final OutboundTcpClient tcp;

    TcpProber(Egress egress, OutboundTcpClient tcp) {
        this.egress = egress;
        this.tcp = tcp;
    }

    @Override
    public Mono<ProbeResult> run(Probe probe) {
        try {
            return egress.check(probe.address(), CheckConfig.of(probe.check()).port(probe.port()))
                    .flatMap(target -> tcp.connect(target).thenReturn(ProbeResult.pass("")));
        } catch (InvalidCheckException invalid) {
            return Mono.just(invalid.result());
        }
    }
}
