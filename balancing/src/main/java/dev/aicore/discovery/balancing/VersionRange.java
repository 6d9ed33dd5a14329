package dev.aicore.discovery.balancing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Versions that a caller accepts: one exact version of any form, or a range of semantic versions in npm's syntax, such
 * as {@code ^1.2} or {@code >=1.2 <2}. Equality compares the text.
 */
public final class VersionRange {

    /** Characters that make a text a range. */
    private static final Pattern OPERATORS = Pattern.compile("[\\^~<>=*| ]");

    private static final String PLACE = "(?:0|[1-9][0-9]{0,8})";
    /**
     * Pattern of one comparator. A blank belongs to the operator before it, so that every text has only one parse;
     * backtracking over several would take exponential time.
     */
    private static final String ONE =
            "(?:\\*|(?:(?:\\^|~|>=|<=|>|<|=) ?)?" + PLACE + "(?:\\." + PLACE + "){0,2}(?:-[0-9A-Za-z.-]+)?)";

    private static final String ALL_OF = ONE + "(?: +" + ONE + ")*";
    private static final Pattern COMPARATOR = Pattern.compile(ONE);
    private static final Pattern EITHER = Pattern.compile("\\|\\|");
    private static final Pattern RANGE = Pattern.compile(ALL_OF + "(?: *\\|\\| *" + ALL_OF + ")*");

    private static final Pattern ONE_PLACE = Pattern.compile(PLACE);
    private static final Pattern TWO_PLACES = Pattern.compile(PLACE + "\\." + PLACE);

    private static final int BYTES = 300;
    private static final int COMPARATOR_BYTES = 200;

    private final String text;
    private final @Nullable List<List<VersionComparator>> range;

    private VersionRange(String text, @Nullable List<List<VersionComparator>> range) {
        this.text = text;
        this.range = range;
    }

    /** Parses a version or range; null if the text looks like a range but is invalid. */
    public static @Nullable VersionRange of(String text) {
        if (!OPERATORS.matcher(text).find()) {
            return new VersionRange(text, null);
        }
        var range = RANGE.matcher(text).matches() ? range(text) : null;
        return range == null ? null : new VersionRange(text, range);
    }

    private static @Nullable List<List<VersionComparator>> range(String text) {
        var range = new ArrayList<List<VersionComparator>>();
        for (var all : EITHER.split(text, -1)) {
            var together = new ArrayList<VersionComparator>();
            for (var one = COMPARATOR.matcher(all); one.find(); ) {
                var comparators = VersionComparator.parse(one.group());
                if (comparators == null) {
                    return null;
                }
                together.addAll(comparators);
            }
            range.add(List.copyOf(together));
        }
        return List.copyOf(range);
    }

    /** Returns true if an instance with the version is accepted. A version that isn't semantic is in no range. */
    public boolean accepts(String version) {
        if (range == null) {
            return text.equals(version);
        }
        var parsed = SemanticVersion.parse(complete(version));
        return parsed != null && range.stream().anyMatch(together -> accept(together, parsed));
    }

    /** Returns true if all comparators accept the version. A pre-release must also be mentioned by one of them. */
    private static boolean accept(List<VersionComparator> together, SemanticVersion version) {
        return together.stream().allMatch(comparator -> comparator.accepts(version))
                && (version.preRelease().isEmpty()
                        || together.stream().anyMatch(comparator -> comparator.isPreReleaseOf(version)));
    }

    /** Returns the estimated memory in bytes; a short text may stand for many comparators. */
    public int bytes() {
        return range == null
                ? BYTES
                : BYTES + range.stream().mapToInt(List::size).sum() * COMPARATOR_BYTES;
    }

    /** Completes a partial version: {@code 1.2} counts as {@code 1.2.0}. */
    private static String complete(String version) {
        if (ONE_PLACE.matcher(version).matches()) {
            return version + ".0.0";
        }
        return TWO_PLACES.matcher(version).matches() ? version + ".0" : version;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VersionRange range && range.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
