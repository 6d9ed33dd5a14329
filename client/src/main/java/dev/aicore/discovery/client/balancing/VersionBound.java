package dev.aicore.discovery.client.balancing;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Lower or upper bound of versions.
 *
 * @param isLower whether versions above the bound are accepted, else those below it
 * @param isInclusive whether the bound itself is accepted
 */
record VersionBound(ParsedVersion version, boolean isLower, boolean isInclusive) {

    private static final Pattern OPERATOR = Pattern.compile("^[\\^~<>=]*");

    /**
     * Adds the bounds of one comparator with npm's meaning, in which missing places match any number.
     *
     * @return false if the comparator is malformed
     */
    static boolean parse(String comparator, List<VersionBound> bounds) {
        if (comparator.equals("*")) {
            bounds.add(new VersionBound(new ParsedVersion(0, 0, 0), true, true));
            return true;
        }
        var match = OPERATOR.matcher(comparator);
        String operator = match.find() ? match.group() : "";
        var version =
                ParsedVersion.lenient(comparator.substring(operator.length()).strip());
        if (version == null) {
            return false;
        }
        switch (operator) {
            case "^" -> between(version, caretEnd(version), bounds);
            case "~" -> between(version, end(version, Math.min(2, version.places())), bounds);
            case ">=" -> bounds.add(new VersionBound(version, true, true));
            case "<" -> bounds.add(new VersionBound(version, false, false));
            case ">" ->
                bounds.add(
                        version.places() == 3
                                ? new VersionBound(version, true, false)
                                : new VersionBound(end(version, version.places()), true, true));
            case "<=" ->
                bounds.add(
                        version.places() == 3
                                ? new VersionBound(version, false, true)
                                : new VersionBound(end(version, version.places()), false, false));
            default -> {
                if (version.places() == 3) {
                    bounds.add(new VersionBound(version, true, true));
                    bounds.add(new VersionBound(version, false, true));
                } else {
                    between(version, end(version, version.places()), bounds);
                }
            }
        }
        return true;
    }

    /**
     * Returns true if all bounds accept the version. A pre-release must be requested by a pre-release with the same
     * numbers.
     */
    static boolean allAccept(List<VersionBound> bounds, ParsedVersion version) {
        return bounds.stream().allMatch(bound -> bound.accepts(version))
                && (!version.isPreRelease()
                        || bounds.stream()
                                .anyMatch(bound -> bound.version.isPreRelease() && bound.version.hasSameCore(version)));
    }

    private boolean accepts(ParsedVersion candidate) {
        int order = candidate.compareTo(version);
        return order == 0 ? isInclusive : order > 0 == isLower;
    }

    private static void between(ParsedVersion first, ParsedVersion end, List<VersionBound> bounds) {
        bounds.add(new VersionBound(first, true, true));
        bounds.add(new VersionBound(end, false, false));
    }

    /** Returns the end of a caret range, in which the first place that isn't 0 stays. */
    private static ParsedVersion caretEnd(ParsedVersion version) {
        if (version.major() > 0 || version.places() == 1) {
            return end(version, 1);
        }
        return end(version, version.minor() > 0 || version.places() == 2 ? 2 : 3);
    }

    /** Returns the first version in which one of the first places is different. */
    private static ParsedVersion end(ParsedVersion version, int places) {
        return switch (places) {
            case 1 -> new ParsedVersion(version.major() + 1, 0, 0);
            case 2 -> new ParsedVersion(version.major(), version.minor() + 1, 0);
            default -> new ParsedVersion(version.major(), version.minor(), version.patch() + 1);
        };
    }
}
