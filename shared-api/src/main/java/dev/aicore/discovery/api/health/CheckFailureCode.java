package dev.aicore.discovery.api.health;

import java.util.Locale;

/** Why a check didn't pass. The codes are stored with observations: they never change their meaning. */
public enum CheckFailureCode {
    /** No answer, or not all of it, within the check's timeout. */
    TIMEOUT(1),
    REFUSED(2),
    /** No way to the address. */
    UNREACHABLE(3),
    /** The name has no address, or none could be had. */
    DNS(4),
    /** No TLS, or with a certificate that doesn't hold. */
    TLS(5),
    /** The registry's own rules forbid it: an address, or a script. */
    DENIED(6),
    /** The connection ended before the answer did. */
    RESET(7),
    /** Another status than expected; the detail is its number. */
    STATUS(8),
    BODY_TOO_LARGE(9),
    /** What came isn't the protocol. */
    PROTOCOL(10),
    /** A gRPC server that says so; the detail is its status. */
    NOT_SERVING(11),
    /** The detail is its exit code. */
    SCRIPT_FAILED(12),
    /** The check can't be run as it is declared. */
    INVALID(13),
    /** Too many probes are under way here. */
    OVERLOADED(14),
    /** A fault of the registry's own. */
    INTERNAL(15);

    static final String FAILED = "failed";

    private final int code;

    CheckFailureCode(int code) {
        this.code = code;
    }

    /** 1 to 15; 0 stands for a pass. */
    int code() {
        return code;
    }

    /**
     * The opposite of {@link #code()}.
     *
     * @throws IllegalArgumentException if there is none of that code: a newer version has written it
     */
    static CheckFailureCode ofCode(int code) {
        if (code < 1 || code > values().length) {
            throw new IllegalArgumentException("A check that failed for reason " + code + ".");
        }
        return values()[code - 1];
    }

    /** Whether it tells nothing of the instance, so that it shouldn't count against it. */
    public boolean isOurs() {
        return this == OVERLOADED || this == INTERNAL;
    }

    /**
     * What everybody may know of it: itself, or {@code failed} where something answered. Which protocol, which status and which program
     * answer at an address is not for whoever may have it checked.
     */
    String publicWord() {
        return switch (this) {
            case TIMEOUT, REFUSED, UNREACHABLE, DNS, DENIED, INVALID, OVERLOADED, INTERNAL -> word();
            case TLS, RESET, STATUS, BODY_TOO_LARGE, PROTOCOL, NOT_SERVING, SCRIPT_FAILED -> FAILED;
        };
    }

    /** As it is shown, such as {@code body_too_large}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
