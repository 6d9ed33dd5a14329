package dev.aicore.discovery.command.probe;

import dev.aicore.discovery.config.outbound.OutboundException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells from what a probe failed with why it didn't pass. Only the kind is told on: messages may hold anything. */
final class Failures {

    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static ProbeResult result(Throwable failure) {
        return switch (failure) {
            case TimeoutException late -> ProbeResult.fail(ProbeFailure.TIMEOUT, "");
            case OutboundException outbound
            when outbound.kind() != OutboundException.Kind.OTHER ->
                ProbeResult.fail(reason(outbound.kind()), outbound.detail());
            default -> unforeseen(failure);
        };
    }

    private static ProbeFailure reason(OutboundException.Kind kind) {
        return switch (kind) {
            case DENIED -> ProbeFailure.DENIED;
            case DNS -> ProbeFailure.DNS;
            case TIMEOUT -> ProbeFailure.TIMEOUT;
            case REFUSED -> ProbeFailure.REFUSED;
            case UNREACHABLE -> ProbeFailure.UNREACHABLE;
            case TLS -> ProbeFailure.TLS;
            case RESET -> ProbeFailure.RESET;
            case PROTOCOL -> ProbeFailure.PROTOCOL;
            case OVERLOADED -> ProbeFailure.OVERLOADED;
            case OTHER -> ProbeFailure.INTERNAL;
        };
    }

    private static ProbeResult unforeseen(Throwable failure) {
        log.warn("A probe failed in a way that nobody thought of.", failure);
        return ProbeResult.fail(ProbeFailure.INTERNAL, failure.getClass().getSimpleName());
    }
}
