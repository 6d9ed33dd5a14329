package dev.aicore.discovery.client;

/**
 * Signals that the registry refused a request, or that no node answered it. The message never contains a credential.
 */
public class RegistryRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    /**
     * Creates an exception.
     *
     * @param status HTTP status; 0 if no node answered
     * @param code the registry's stable code, such as {@code owned_by_another}; empty if there is none
     */
    public RegistryRequestException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** Returns the HTTP status; 0 if no node answered. */
    public int status() {
        return status;
    }

    /** Returns the registry's code, such as {@code owned_by_another}; empty if there is none. */
    public String code() {
        return code;
    }
}
