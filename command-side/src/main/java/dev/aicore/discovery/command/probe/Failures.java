package dev.aicore.discovery.command.probe;

import dev.aicore.discovery.api.health.CheckFailure;
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
            case TimeoutException late -> ProbeResult.fail(CheckFailure.TIMEOUT, "");
            case OutboundException outbound
            when outbound.kind() != OutboundException.Kind.OTHER ->
                ProbeResult.fail(reason(outbound.kind()), outbound.detail());
            default -> unforeseen(failure);
        };
    }

    private static CheckFailure reason(OutboundException.Kind kind) {
        return switch (kind) {
            case DENIED -> CheckFailure.DENIED;
            case DNS -> CheckFailure.DNS;
            case TIMEOUT -> CheckFailure.TIMEOUT;
            case REFUSED -> CheckFailure.REFUSED;
            case UNREACHABLE -> CheckFailure.UNREACHABLE;
            case TLS -> CheckFailure.TLS;
            case RESET -> CheckFailure.RESET;
            case PROTOCOL -> CheckFailure.PROTOCOL;
            case OVERLOADED -> CheckFailure.OVERLOADED;
            case OTHER -> CheckFailure.INTERNAL;
        };
    }

    private static ProbeResult unforeseen(Throwable failure) {
        log.warn("A probe failed in a way that nobody thought of.", failure);
        return ProbeResult.fail(CheckFailure.INTERNAL, failure.getClass().getSimpleName());
    }
}
