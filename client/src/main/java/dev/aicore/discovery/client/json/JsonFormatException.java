package dev.aicore.discovery.client.json;

/** Signals text that isn't JSON, or that exceeds a bound of {@link JsonReader}. */
public final class JsonFormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Reports JSON that is well-formed, but isn't what was expected. */
    public JsonFormatException(String problem) {
        super("Unexpected JSON: " + problem + ".");
    }

    JsonFormatException(String problem, int offset) {
        super("Malformed JSON: " + problem + " at offset " + offset + ".");
    }
}
