package dev.aicore.discovery.api.configuration;

/**
 * Formats the entity tags (RFC 9110) of configurations and schemas. Numbers are never reused, so a tag never recurs.
 */
public final class ConfigurationETag {

    private ConfigurationETag() {}

    /** Returns the tag of a version, such as {@code "3"}, including the quotes. */
    public static String ofVersion(int version) {
        return "\"" + version + "\"";
    }

    /** Returns the tag of a schema's revision, such as {@code "s3"}, including the quotes. */
    public static String ofSchema(int revision) {
        return "\"s" + revision + "\"";
    }
}
