package dev.aicore.discovery.bench.rig;

/** A command line that nobody understands. The message is for whoever typed it. */
public final class BenchUsageException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    public BenchUsageException(String message) {
        super(message);
    }
}
