package dev.aicore.discovery.projection.axonserver;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Signals that facts can't be exported at present. All that was exported stays valid; the export will be retried. */
final class FactExportException extends Exception {

    private static final Metadata.Key<String> ERROR_CODE =
            Metadata.Key.of("AxonIQ-ErrorCode", Metadata.ASCII_STRING_MARSHALLER);

    private static final String INVALID_SEQUENCE = "AXONIQ-2000";
    private static final String CONTEXT_NOT_FOUND = "AXONIQ-1302";
    private static final String TOKEN_ERRORS = "AXONIQ-1000 AXONIQ-1001";

    /** Reason for a failure, and its label in metrics. */
    enum Reason {
        /** Axon Server doesn't answer, or ended the connection. The outcome of an append is unknown. */
        UNAVAILABLE,
        /** Axon Server didn't answer in time. The outcome of an append is unknown. */
        TIMEOUT,
        /** Axon Server ended an append without a positive confirmation. The outcome is unknown. */
        UNCONFIRMED,
        /** Axon Server refuses the access token, or requires one. */
        UNAUTHENTICATED,
        /** Axon Server has no context of this name. */
        CONTEXT_MISSING,
        /** Axon Server refuses sequence numbers that it should accept. */
        SEQUENCE_REFUSED,
        /** The context has another event where a fact belongs: of another store or another application. */
        DIVERGED,
        /** The context lacks events that were exported before. */
        EVENTS_MISSING,
        /** A fact can't be read: it is damaged, or a newer version wrote it. */
        UNREADABLE_FACT,
        /** The event store is unavailable. */
        STORE_UNAVAILABLE;

        /** Returns the name in metrics. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Reason reason;

    FactExportException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    FactExportException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Returns the reason for the failure. */
    Reason reason() {
        return reason;
    }

    /**
     * Converts a failure of a call.
     *
     * @param earlier failure of the connection attempt before the call; null if there was none
     */
    static FactExportException of(Throwable failure, @Nullable StatusRuntimeException earlier) {
        var status = statusOf(failure);
        // Without a connection every call fails with the same status; the connection attempt knows more.
        if (earlier != null && status.getStatus().getCode() == Status.Code.UNAVAILABLE) {
            status = earlier;
        }
        var code = errorCode(status);
        var reason = switch (status.getStatus().getCode()) {
            case DEADLINE_EXCEEDED -> Reason.TIMEOUT;
            case UNAUTHENTICATED, PERMISSION_DENIED -> Reason.UNAUTHENTICATED;
            default ->
                code.equals(CONTEXT_NOT_FOUND)
                        ? Reason.CONTEXT_MISSING
                        : !code.isEmpty() && TOKEN_ERRORS.contains(code) ? Reason.UNAUTHENTICATED : Reason.UNAVAILABLE;
        };
        return new FactExportException(reason, "Axon Server: " + describe(status, code), failure);
    }

    /** Returns true if Axon Server refused an append because of a sequence number, and appended nothing. */
    static boolean isInvalidSequence(Throwable failure) {
        return errorCode(statusOf(failure)).equals(INVALID_SEQUENCE);
    }

    private static String describe(StatusRuntimeException failure, String code) {
        var description = failure.getStatus().getDescription();
        return failure.getStatus().getCode()
                + (code.isEmpty() ? "" : " [" + code + "]")
                + (description == null ? "" : ": " + description);
    }

    private static String errorCode(StatusRuntimeException failure) {
        var trailers = failure.getTrailers();
        var code = trailers == null ? null : trailers.get(ERROR_CODE);
        return code == null ? "" : code;
    }

    private static StatusRuntimeException statusOf(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StatusRuntimeException status) {
                return status;
            }
            if (cause instanceof StatusException status) {
                return new StatusRuntimeException(status.getStatus(), status.getTrailers());
            }
        }
        return new StatusRuntimeException(Status.UNKNOWN.withDescription(String.valueOf(failure.getMessage())));
    }
}
