package dev.aicore.discovery.bench.rig;

/** Thrown for an unknown or invalid command line. The message is for the user. */
public final class BenchUsageException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    public BenchUsageException(String message) {
        super(message);
    }
}
