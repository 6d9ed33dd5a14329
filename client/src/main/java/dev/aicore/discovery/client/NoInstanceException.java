package dev.aicore.discovery.client;

/** Signals that a service has no instance to pick. The message says why, such as an unknown service. */
public class NoInstanceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String service;

    public NoInstanceException(String service, String message) {
        super(message);
        this.service = service;
    }

    /** Returns the name of the service. */
    public String service() {
        return service;
    }
}
