package dev.aicore.discovery.client.balancing;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Version ordered by precedence according to Semantic Versioning 2.0.0, item 11.
 *
 * @param places number of given places, 1 to 3; missing ones are 0
 * @param preRelease identifiers of the pre-release; empty for a release
 */
record ParsedVersion(int major, int minor, int patch, int places, List<String> preRelease)
        implements Comparable<ParsedVersion> {

    private static final String PLACE = "(0|[1-9][0-9]{0,8})";
    private static final String IDENTIFIER = "(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)";
    private static final Pattern VERSION = Pattern.compile(PLACE + "(?:\\." + PLACE + "(?:\\." + PLACE + "(?:-("
            + IDENTIFIER + "(?:\\." + IDENTIFIER + ")*))?(?:\\+[0-9A-Za-z.-]+)?)?)?");
    private static final Pattern DOT = Pattern.compile("\\.");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    ParsedVersion(int major, int minor, int patch) {
        this(major, minor, patch, 3, List.of());
    }

    /** Parses a version whose last places may be missing; null if it isn't semantic. */
    static @Nullable ParsedVersion lenient(String text) {
        var match = VERSION.matcher(text);
        if (!match.matches()) {
            return null;
        }
        String minor = match.group(2);
        String patch = match.group(3);
        String preRelease = match.group(4);
        return new ParsedVersion(
                Integer.parseInt(match.group(1)),
                minor == null ? 0 : Integer.parseInt(minor),
                patch == null ? 0 : Integer.parseInt(patch),
                minor == null ? 1 : patch == null ? 2 : 3,
                preRelease == null ? List.of() : List.of(DOT.split(preRelease, -1)));
    }

    boolean isPreRelease() {
        return !preRelease.isEmpty();
    }

    boolean hasSameCore(ParsedVersion other) {
        return major == other.major && minor == other.minor && patch == other.patch;
    }

    @Override
    public int compareTo(ParsedVersion other) {
        int core = Integer.compare(major, other.major);
        core = core != 0 ? core : Integer.compare(minor, other.minor);
        core = core != 0 ? core : Integer.compare(patch, other.patch);
        return core != 0 ? core : preReleases(preRelease, other.preRelease);
    }

    private static int preReleases(List<String> one, List<String> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Boolean.compare(one.isEmpty(), other.isEmpty());
        }
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int order = identifiers(one.get(i), other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    private static int identifiers(String one, String other) {
        boolean isNumber = NUMBER.matcher(one).matches();
        if (isNumber != NUMBER.matcher(other).matches()) {
            return isNumber ? -1 : 1;
        }
        // Numbers have no leading zeros, so the longer one is greater.
        return isNumber && one.length() != other.length()
                ? Integer.compare(one.length(), other.length())
                : one.compareTo(other);
    }
}
