package dev.aicore.discovery.healthchecks.probe;

import dev.aicore.discovery.api.health.CheckFailureCode;
import dev.aicore.discovery.healthchecks.outbound.OutboundException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Classifies errors of probes as failed results. A result contains only the kind of error, because messages may contain
 * anything.
 */
final class ProbeFailureClassifier {

    private static final Logger log = LoggerFactory.getLogger(ProbeFailureClassifier.class);

    private ProbeFailureClassifier() {}

    static ProbeResult result(Throwable failure) {
        return switch (failure) {
            case TimeoutException late -> ProbeResult.fail(CheckFailureCode.TIMEOUT, "");
            case OutboundException outbound
            when outbound.kind() != OutboundException.Kind.OTHER ->
                ProbeResult.fail(reason(outbound.kind()), outbound.detail());
            default -> unexpected(failure);
        };
    }

    private static CheckFailureCode reason(OutboundException.Kind kind) {
        return switch (kind) {
            case DENIED -> CheckFailureCode.DENIED;
            case DNS -> CheckFailureCode.DNS;
            case TIMEOUT -> CheckFailureCode.TIMEOUT;
            case REFUSED -> CheckFailureCode.REFUSED;
            case UNREACHABLE -> CheckFailureCode.UNREACHABLE;
            case TLS -> CheckFailureCode.TLS;
            case RESET -> CheckFailureCode.RESET;
            case PROTOCOL -> CheckFailureCode.PROTOCOL;
            case OVERLOADED -> CheckFailureCode.OVERLOADED;
            case OTHER -> CheckFailureCode.INTERNAL;
        };
    }

    private static ProbeResult unexpected(Throwable failure) {
        log.warn("A probe failed with an unexpected exception.", failure);
        return ProbeResult.fail(CheckFailureCode.INTERNAL, failure.getClass().getSimpleName());
    }
}
