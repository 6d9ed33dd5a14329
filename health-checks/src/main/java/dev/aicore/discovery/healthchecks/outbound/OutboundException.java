package dev.aicore.discovery.healthchecks.outbound;

import org.jspecify.annotations.Nullable;

/**
 * Reports that a target may not or could not be reached. Has no stack trace, since it is an expected result and may be
 * frequent.
 */
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

    /**
     * Returns one word of the registry's own that details the kind; may be empty. For a denial, the
     * {@link DenialReason}'s text.
     */
    public String detail() {
        return detail;
    }

    /** Kind of failure. */
    public enum Kind {
        DENIED,
        /** The name has no address, or the resolution timed out. */
        DNS,
        TIMEOUT,
        REFUSED,
        UNREACHABLE,
        TLS,
        /** The connection ended early. */
        RESET,
        /** The received bytes aren't valid in the protocol. */
        PROTOCOL,
        /** Too many requests to this target are in progress already. */
        OVERLOADED,
        /** Not classified; the cause has the details. */
        OTHER
    }
}
