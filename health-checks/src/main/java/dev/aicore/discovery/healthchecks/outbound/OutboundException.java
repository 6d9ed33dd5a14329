package dev.aicore.discovery.healthchecks.outbound;

import org.jspecify.annotations.Nullable;

/** A target that mustn't be reached, or couldn't be. It has no stack trace: it is an answer, and there may be many. */
public final class OutboundException extends Exception {

    private final Kind kind;
    private final String detail;

    private OutboundException(Kind kind, String detail, @Nullable Throwable cause) {
        super(detail.isEmpty() ? kind.toString() : kind + ": " + detail, cause, false, false);
        this.kind = kind;
        this.detail = detail;
    }

    static OutboundException denied(DenialReason denialReason) {
        return new OutboundException(Kind.DENIED, denialReason.text(), null);
    }

    static OutboundException of(Kind kind, String detail, Throwable cause) {
        return new OutboundException(kind, detail, cause);
    }

    public Kind kind() {
        return kind;
    }

    /** One word on it, of the registry's own; may be empty. If it was denied, the {@link DenialReason}'s text. */
    public String detail() {
        return detail;
    }

    /** What went wrong. */
    public enum Kind {
        DENIED,
        /** The name has no address, or none could be had in time. */
        DNS,
        TIMEOUT,
        REFUSED,
        UNREACHABLE,
        TLS,
        /** The connection ended early. */
        RESET,
        /** What came isn't the protocol. */
        PROTOCOL,
        /** Too much is under way to that target already. */
        OVERLOADED,
        /** Nobody thought of it; the cause says more. */
        OTHER
    }
}
