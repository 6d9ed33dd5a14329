package dev.aicore.discovery.client.balancing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Versions that a caller accepts: one exact version of any form, or a range of semantic versions with npm's meaning,
 * such as {@code ^1.2} or {@code >=1.2 <2}. Accepts what the registry's discovery accepts.
 */
public final class SemanticRange {

    private static final Pattern OPERATORS = Pattern.compile("[\\^~<>=*| ]");
    private static final String PLACE = "(?:0|[1-9][0-9]{0,8})";
    private static final String ONE =
            "(?:\\*|(?:(?:\\^|~|>=|<=|>|<|=) ?)?" + PLACE + "(?:\\." + PLACE + "){0,2}(?:-[0-9A-Za-z.-]+)?)";
    private static final String ALL_OF = ONE + "(?: +" + ONE + ")*";
    private static final Pattern COMPARATOR = Pattern.compile(ONE);
    private static final Pattern EITHER = Pattern.compile("\\|\\|");
    private static final Pattern RANGE = Pattern.compile(ALL_OF + "(?: *\\|\\| *" + ALL_OF + ")*");

    private final String text;

    /** Alternatives, each of bounds that must all hold; null for an exact text. */
    private final @Nullable List<List<VersionBound>> alternatives;

    private SemanticRange(String text, @Nullable List<List<VersionBound>> alternatives) {
        this.text = text;
        this.alternatives = alternatives;
    }

    /**
     * Parses a version or range.
     *
     * @throws IllegalArgumentException if the text looks like a range but is malformed
     */
    public static SemanticRange of(String text) {
        if (!OPERATORS.matcher(text).find()) {
            return new SemanticRange(text, null);
        }
        if (!RANGE.matcher(text).matches()) {
            throw invalid(text);
        }
        var alternatives = new ArrayList<List<VersionBound>>();
        for (String alternative : EITHER.split(text, -1)) {
            var bounds = new ArrayList<VersionBound>();
            for (var one = COMPARATOR.matcher(alternative); one.find(); ) {
                if (!VersionBound.parse(one.group(), bounds)) {
                    throw invalid(text);
                }
            }
            alternatives.add(List.copyOf(bounds));
        }
        return new SemanticRange(text, List.copyOf(alternatives));
    }

    /** Returns true if the version is accepted. A version that isn't semantic is in no range. */
    public boolean accepts(String version) {
        if (alternatives == null) {
            return text.equals(version);
        }
        var parsed = ParsedVersion.lenient(version);
        return parsed != null && alternatives.stream().anyMatch(bounds -> VersionBound.allAccept(bounds, parsed));
    }

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException(
                "Invalid version: \"" + text + "\" (expected: a version, or a range such as ^1.2 or >=1.2 <2).");
    }

    @Override
    public String toString() {
        return text;
    }
}
