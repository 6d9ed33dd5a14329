package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.balancing.VersionRange;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.TextConstraint;
import org.jspecify.annotations.Nullable;

/** Parses the parameter {@code version}: an exact version, or a range of semantic versions. */
public final class VersionParameter {

    private static final String NAME = "version";
    private static final int MAX_LENGTH = 128;
    private static final TextConstraint VERSION = TextConstraint.upTo(MAX_LENGTH);

    private VersionParameter() {}

    /** Returns the accepted versions; null if the parameter is missing. Violations are collected in the parameters. */
    public static @Nullable VersionRange of(QueryParameters queryParameters) {
        String text = queryParameters.textOrNull(NAME, VERSION);
        if (text == null || text.length() > MAX_LENGTH) {
            return null;
        }
        var range = VersionRange.of(text);
        if (range == null) {
            queryParameters.reject(
                    NAME, "is not a version range", "a version, or a range such as '^1.2' or '>=1.2 <2'");
        }
        return range;
    }
}
