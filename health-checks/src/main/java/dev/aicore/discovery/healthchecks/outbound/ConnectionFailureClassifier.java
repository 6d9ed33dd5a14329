package dev.aicore.discovery.healthchecks.outbound;

import dev.aicore.discovery.healthchecks.outbound.OutboundException.Kind;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.AbortedException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/**
 * Classifies connection failures. Native transports, Reactor Netty and gRPC's own Netty each have their own exceptions.
 */
final class ConnectionFailureClassifier {

    /** Upper bound of the causes that are followed, since causes can form a cycle. */
    private static final int MAX_CAUSES = 16;

    private ConnectionFailureClassifier() {}

    static OutboundException classify(Throwable failure) {
        var cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof OutboundException exception) {
                return exception;
            }
            var kind = kind(cause);
            if (kind != null) {
                return OutboundException.of(kind, detail(kind, failure), failure);
            }
            cause = cause.getCause();
        }
        return OutboundException.of(Kind.OTHER, failure.getClass().getSimpleName(), failure);
    }

    private static @Nullable Kind kind(Throwable failure) {
        return switch (failure) {
            case PoolAcquirePendingLimitException full -> Kind.OVERLOADED;
            case PoolAcquireTimeoutException full -> Kind.OVERLOADED;
            case SSLException tls -> Kind.TLS;
            case NoRouteToHostException none -> Kind.UNREACHABLE;
            case ConnectException refused -> connect(refused);
            case AbortedException aborted -> Kind.RESET;
            case IOException broken -> Kind.RESET;
            // A DecoderException of TLS has a cause, which is classified instead.
            case DecoderException garbled when garbled.getCause() == null -> Kind.PROTOCOL;
            // Doesn't occur for a checked address. Without this case, it would match IllegalArgumentException below.
            case UnresolvedAddressException unresolved -> Kind.OTHER;
            // Netty throws it for an invalid version, status or length.
            case IllegalArgumentException garbled -> Kind.PROTOCOL;
            default -> null;
        };
    }

    /**
     * Distinguishes timeouts and unreachable networks from refusals, since all three are a ConnectException. Compares
     * the simple class name of Netty's timeout, because gRPC has its own copy of Netty.
     */
    private static Kind connect(ConnectException failure) {
        if (failure.getClass().getSimpleName().equals("ConnectTimeoutException")) {
            return Kind.TIMEOUT;
        }
        return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("unreachable")
                ? Kind.UNREACHABLE
                : Kind.REFUSED;
    }

    private static String detail(Kind kind, Throwable failure) {
        if (kind != Kind.TLS) {
            return "";
        }
        var cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof GeneralSecurityException) {
                return "certificate";
            }
            cause = cause.getCause();
        }
        return "handshake";
    }
}
