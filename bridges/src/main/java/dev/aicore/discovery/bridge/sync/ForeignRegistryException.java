package dev.aicore.discovery.bridge.sync;

/** Signals that the other registry can't be read or written. The message is one sentence for operators. */
public final class ForeignRegistryException extends Exception {

    public ForeignRegistryException(String message) {
        super(message);
    }

    public ForeignRegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
