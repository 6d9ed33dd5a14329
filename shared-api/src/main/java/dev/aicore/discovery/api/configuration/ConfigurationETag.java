package dev.aicore.discovery.api.configuration;

/** Entity tags (RFC 9110) of configurations and their schemas. A number is never given twice, so a tag never comes back. */
public final class ConfigurationETag {

    private ConfigurationETag() {}

    /** Of a version, such as {@code "3"}, quotes included. */
    public static String ofVersion(int version) {
        return "\"" + version + "\"";
    }

    /** Of a schema's revision, such as {@code "s3"}, quotes included. */
    public static String ofSchema(int revision) {
        return "\"s" + revision + "\"";
    }
}
