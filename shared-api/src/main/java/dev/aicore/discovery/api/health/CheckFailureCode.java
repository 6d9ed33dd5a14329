package dev.aicore.discovery.api.health;

import java.util.Locale;

/** Class of a check's failure. The codes are stored with observations, so their meaning never changes. */
public enum CheckFailureCode {
    /** No complete answer within the check's timeout. */
    TIMEOUT(1),
    REFUSED(2),
    /** No route to the address. */
    UNREACHABLE(3),
    /** The name has no address, or the lookup failed. */
    DNS(4),
    /** The TLS handshake failed, or the certificate is invalid. */
    TLS(5),
    /** The registry's rules forbid the address or the script. */
    DENIED(6),
    /** The connection ended before the answer was complete. */
    RESET(7),
    /** Unexpected status; the detail is its number. */
    STATUS(8),
    BODY_TOO_LARGE(9),
    /** The answer does not follow the protocol. */
    PROTOCOL(10),
    /** A gRPC server reports that it does not serve; the detail is its status. */
    NOT_SERVING(11),
    /** The script failed; the detail is its exit code. */
    SCRIPT_FAILED(12),
    /** The check can't run as declared. */
    INVALID(13),
    /** Too many probes are running on this node. */
    OVERLOADED(14),
    /** Internal error of the registry. */
    INTERNAL(15);

    static final String FAILED = "failed";

    private final int code;

    CheckFailureCode(int code) {
        this.code = code;
    }

    /** Returns the stored code, 1 to 15; 0 stands for a pass. */
    int code() {
        return code;
    }

    /**
     * Returns the constant with the stored code.
     *
     * @throws IllegalArgumentException if no constant has this code, because a newer version wrote it
     */
    static CheckFailureCode ofCode(int code) {
        if (code < 1 || code > values().length) {
            throw new IllegalArgumentException("Unknown failure reason of a check: " + code + ".");
        }
        return values()[code - 1];
    }

    /** Returns true if the registry caused the failure, so that it must not count against the instance. */
    public boolean isOurs() {
        return this == OVERLOADED || this == INTERNAL;
    }

    /**
     * Returns the word for callers that may not see the answers of check targets: the constant's own word, or
     * {@code failed} if something answered. A caller that may only register a check must not learn which protocol,
     * status or program answers at an address.
     */
    String publicName() {
        return switch (this) {
            case TIMEOUT, REFUSED, UNREACHABLE, DNS, DENIED, INVALID, OVERLOADED, INTERNAL -> jsonName();
            case TLS, RESET, STATUS, BODY_TOO_LARGE, PROTOCOL, NOT_SERVING, SCRIPT_FAILED -> FAILED;
        };
    }

    /** Returns the word in JSON, such as {@code body_too_large}. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
