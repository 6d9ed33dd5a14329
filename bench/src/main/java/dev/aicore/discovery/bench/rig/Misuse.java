package dev.aicore.discovery.bench.rig;

/** A command line that nobody understands. The message is for whoever typed it. */
public final class Misuse extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    public Misuse(String message) {
        super(message);
    }
}
