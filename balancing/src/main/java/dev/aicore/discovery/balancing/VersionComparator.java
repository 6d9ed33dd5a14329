package dev.aicore.discovery.balancing;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Comparison of versions with one bound. A range consists of alternatives, each with several comparators. */
record VersionComparator(Operator operator, SemanticVersion bound) {

    private static final String PLACE = "(0|[1-9][0-9]{0,8})";
    private static final Pattern FORM = Pattern.compile(
            "(\\^|~|>=|<=|>|<|=)? ?" + PLACE + "(?:\\." + PLACE + ")?(?:\\." + PLACE + ")?(?:-([0-9A-Za-z.-]+))?");
    private static final List<VersionComparator> ALL = List.of(of(Operator.AT_LEAST, 0, 0, 0));

    enum Operator {
        EQUAL,
        BELOW,
        AT_MOST,
        ABOVE,
        AT_LEAST
    }

    /**
     * Parses a comparator in npm's syntax, such as {@code ^1.2}, into the bounds that it stands for.
     *
     * @param text of the form of {@link VersionRange}, or {@code *}
     * @return null if the text has a pre-release that is invalid, or that follows on a partial version
     */
    static @Nullable List<VersionComparator> parse(String text) {
        if (text.equals("*")) {
            return ALL;
        }
        var form = FORM.matcher(text);
        if (!form.matches()) {
            return null;
        }
        var operator = form.group(1) == null ? "" : form.group(1);
        int major = Integer.parseInt(form.group(2));
        int minor = form.group(3) == null ? -1 : Integer.parseInt(form.group(3));
        int patch = form.group(4) == null ? -1 : Integer.parseInt(form.group(4));
        var preRelease = form.group(5);
        if (patch < 0) {
            return preRelease == null ? ofPartial(operator, major, minor) : null;
        }
        var version =
                SemanticVersion.parse(major + "." + minor + "." + patch + (preRelease == null ? "" : "-" + preRelease));
        return version == null ? null : of(operator, version);
    }

    private static List<VersionComparator> of(String operator, SemanticVersion version) {
        int major = version.major();
        int minor = version.minor();
        return switch (operator) {
            case "^" ->
                between(
                        version,
                        major > 0
                                ? of(Operator.BELOW, major + 1, 0, 0)
                                : minor > 0
                                        ? of(Operator.BELOW, 0, minor + 1, 0)
                                        : of(Operator.BELOW, 0, 0, version.patch() + 1));
            case "~" -> between(version, of(Operator.BELOW, major, minor + 1, 0));
            case ">=" -> List.of(new VersionComparator(Operator.AT_LEAST, version));
            case "<=" -> List.of(new VersionComparator(Operator.AT_MOST, version));
            case ">" -> List.of(new VersionComparator(Operator.ABOVE, version));
            case "<" -> List.of(new VersionComparator(Operator.BELOW, version));
            default -> List.of(new VersionComparator(Operator.EQUAL, version));
        };
    }

    /** Returns the bounds of a version without patch: it stands for all versions that begin with it. */
    private static List<VersionComparator> ofPartial(String operator, int major, int minor) {
        var from = of(Operator.AT_LEAST, major, Math.max(minor, 0), 0);
        var to = minor < 0 ? of(Operator.BELOW, major + 1, 0, 0) : of(Operator.BELOW, major, minor + 1, 0);
        return switch (operator) {
            case "^" -> List.of(from, major > 0 ? of(Operator.BELOW, major + 1, 0, 0) : to);
            case ">=" -> List.of(from);
            case "<" -> List.of(new VersionComparator(Operator.BELOW, from.bound));
            case ">" -> List.of(new VersionComparator(Operator.AT_LEAST, to.bound));
            case "<=" -> List.of(to);
            default -> List.of(from, to);
        };
    }

    private static List<VersionComparator> between(SemanticVersion from, VersionComparator to) {
        return List.of(new VersionComparator(Operator.AT_LEAST, from), to);
    }

    private static VersionComparator of(Operator operator, int major, int minor, int patch) {
        return new VersionComparator(operator, new SemanticVersion(major, minor, patch, List.of()));
    }

    boolean accepts(SemanticVersion version) {
        int compared = version.compareTo(bound);
        return switch (operator) {
            case EQUAL -> compared == 0;
            case BELOW -> compared < 0;
            case AT_MOST -> compared <= 0;
            case ABOVE -> compared > 0;
            case AT_LEAST -> compared >= 0;
        };
    }

    /** Returns true if the bound is a pre-release of the same version as {@code version}. */
    boolean isPreReleaseOf(SemanticVersion version) {
        return !bound.preRelease().isEmpty() && bound.hasSameCore(version);
    }
}
