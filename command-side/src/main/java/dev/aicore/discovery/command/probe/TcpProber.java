package dev.aicore.discovery.command.probe;

import dev.aicore.discovery.config.outbound.Egress;
import dev.aicore.discovery.config.outbound.OutboundTcp;
import reactor.core.publisher.Mono;

/** Passes if there is a connection to be had. Nothing is said on it. */
final class TcpProber implements CheckRunner {

    private final Egress egress;
    private final OutboundTcp tcp;

    TcpProber(Egress egress, OutboundTcp tcp) {
        this.egress = egress;
        this.tcp = tcp;
    }

    @Override
    public Mono<ProbeResult> run(Probe probe) {
        return egress.check(probe.address(), probe.port())
                .flatMap(target -> tcp.knock(target).thenReturn(ProbeResult.pass("")));
    }
}
