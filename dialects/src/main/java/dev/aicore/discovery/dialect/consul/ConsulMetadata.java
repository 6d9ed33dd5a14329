package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.web.ApiJson;
import tools.jackson.core.JacksonException;

/**
 * Metadata entries of an instance that hold what Consul's documents have and native declarations don't. They count in
 * the limits of metadata, and are found by native searches.
 */
final class ConsulMetadata {

    /** Prefix of all entries. Keys of Consul's own {@code Meta} contain no dot. */
    static final String PREFIX = "consul.";

    /** Id of the service instance, as it was registered. */
    static final String ID = PREFIX + "id";

    /** Empty, if the registration contained no address. */
    static final String ADDRESS = PREFIX + "address";

    /** 0, if the registration contained no port. */
    static final String PORT = PREFIX + "port";

    /** Other fields of the registration, as JSON. */
    static final String SERVICE = PREFIX + "service";

    /** Id, name and notes of the check, as JSON. */
    static final String CHECK = PREFIX + "check";

    /** {@code warning}, if the last report was neither passing nor critical. */
    static final String STATUS = PREFIX + "status";

    /** Note of the last report. */
    static final String OUTPUT = PREFIX + "output";

    /** Reason of the maintenance. */
    static final String REASON = PREFIX + "reason";

    static final String WARNING = "warning";

    private static final int MAX_VALUE = 1_024;

    private ConsulMetadata() {}

    /**
     * Returns a free text as a value of metadata. A text with control characters becomes a JSON string, because values
     * contain none. A longer text is cut to the length of a value.
     */
    static String encode(String text) {
        var kept = cut(text, MAX_VALUE);
        boolean plain = !kept.startsWith("\"") && kept.chars().noneMatch(Character::isISOControl);
        var encoded = plain ? kept : ApiJson.mapper().writeValueAsString(kept);
        return encoded.length() > MAX_VALUE ? encode(cut(kept, kept.length() / 2)) : encoded;
    }

    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }

    /** Returns the text of a value that {@link #encode} returned. */
    static String decode(String value) {
        if (!value.startsWith("\"")) {
            return value;
        }
        try {
            return ApiJson.mapper().readValue(value, String.class);
        } catch (JacksonException _) {
            return value; // not written by this class
        }
    }
}
