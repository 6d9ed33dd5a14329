package dev.aicore.discovery.query.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.semver4j.Range;
import org.semver4j.RangesList;
import org.semver4j.RangesListFactory;
import org.semver4j.SemverException;

/**
 * Versions that a caller accepts: one exact version of any form, or a range of semantic versions in npm's syntax, such
 * as {@code ^1.2} or {@code >=1.2 <2}. Equality compares the text.
 */
final class VersionRange {

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
    private final @Nullable RangesList range;

    private VersionRange(String text, @Nullable RangesList range) {
        this.text = text;
        this.range = range;
    }

    /** Parses a version or range; null if the text looks like a range but is invalid. */
    static @Nullable VersionRange of(String text) {
        if (!OPERATORS.matcher(text).find()) {
            return new VersionRange(text, null);
        }
        var range = RANGE.matcher(text).matches() ? range(text) : null;
        return range == null ? null : new VersionRange(text, range);
    }

    /**
     * Parses one comparator at a time: given several at once, the library ignores those that it doesn't expect in
     * combination.
     */
    private static @Nullable RangesList range(String text) {
        var range = new RangesList();
        for (var all : EITHER.split(text, -1)) {
            var together = new ArrayList<Range>();
            for (var one = COMPARATOR.matcher(all); one.find(); ) {
                var known = RangesListFactory.create(one.group()).get();
                if (known.isEmpty()) {
                    return null;
                }
                together.addAll(known.getFirst());
            }
            range.add(together);
        }
        return range;
    }

    /** Returns true if an instance with the version is accepted. A version that isn't semantic is in no range. */
    boolean accepts(String version) {
        if (range == null) {
            return text.equals(version);
        }
        try {
            return range.isSatisfiedBy(new SemanticVersion(complete(version)));
        } catch (SemverException _) {
            return false;
        }
    }

    /** Returns the estimated memory in bytes; a short text may stand for many comparators. */
    int bytes() {
        return range == null
                ? BYTES
                : BYTES + range.get().stream().mapToInt(List::size).sum() * COMPARATOR_BYTES;
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
