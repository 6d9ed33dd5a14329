package dev.aicore.discovery.client.json;

/** Signals text that isn't JSON, or that exceeds a bound of {@link JsonReader}. */
public final class JsonFormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JsonFormatException(String problem, int offset) {
        super("Malformed JSON: " + problem + " at offset " + offset + ".");
    }
}
