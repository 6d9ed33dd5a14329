package dev.aicore.discovery.balancing;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Version according to Semantic Versioning 2.0.0, ordered by precedence (item 11). Build metadata is ignored, and
 * numbers in a pre-release may have any length.
 *
 * @param preRelease identifiers of the pre-release; empty if it is none
 */
record SemanticVersion(int major, int minor, int patch, List<String> preRelease)
        implements Comparable<SemanticVersion> {

    private static final String NUMBER = "(?:0|[1-9][0-9]*)";
    private static final String IDENTIFIER = "(?:" + NUMBER + "|[0-9]*[a-zA-Z-][a-zA-Z0-9-]*)";
    private static final String PRE_RELEASE = "(?:-(" + IDENTIFIER + "(?:\\." + IDENTIFIER + ")*))?";
    private static final String BUILD = "(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?";
    private static final Pattern FORM =
            Pattern.compile("v?(" + NUMBER + ")\\.(" + NUMBER + ")\\.(" + NUMBER + ")" + PRE_RELEASE + BUILD);
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern DOT = Pattern.compile("\\.");
    private static final int INT_DIGITS = 10;

    private static final Comparator<SemanticVersion> CORE = Comparator.comparingInt(SemanticVersion::major)
            .thenComparingInt(SemanticVersion::minor)
            .thenComparingInt(SemanticVersion::patch);

    SemanticVersion {
        preRelease = List.copyOf(preRelease);
    }

    /** Parses a version; null if the text isn't a semantic version. */
    static @Nullable SemanticVersion parse(String text) {
        var form = FORM.matcher(text.trim());
        if (!form.matches()) {
            return null;
        }
        int major = toInt(form.group(1));
        int minor = toInt(form.group(2));
        int patch = toInt(form.group(3));
        var preRelease = form.group(4);
        return major < 0 || minor < 0 || patch < 0
                ? null
                : new SemanticVersion(
                        major, minor, patch, preRelease == null ? List.of() : List.of(DOT.split(preRelease)));
    }

    /** Returns the number; -1 if it doesn't fit into an int. */
    private static int toInt(String digits) {
        long number = digits.length() > INT_DIGITS ? Long.MAX_VALUE : Long.parseLong(digits);
        return number > Integer.MAX_VALUE ? -1 : (int) number;
    }

    boolean hasSameCore(SemanticVersion other) {
        return CORE.compare(this, other) == 0;
    }

    @Override
    public int compareTo(SemanticVersion other) {
        int core = CORE.compare(this, other);
        return core != 0 ? core : preReleases(preRelease, other.preRelease);
    }

    private static int preReleases(List<String> one, List<String> other) {
        return one.isEmpty() || other.isEmpty()
                ? Boolean.compare(one.isEmpty(), other.isEmpty())
                : Arrays.compare(
                        one.toArray(String[]::new), other.toArray(String[]::new), SemanticVersion::identifiers);
    }

    private static int identifiers(String one, String other) {
        boolean isNumber = DIGITS.matcher(one).matches();
        if (isNumber != DIGITS.matcher(other).matches()) {
            return isNumber ? -1 : 1;
        }
        // Numbers have no leading zeros, so the longer one is greater.
        return isNumber && one.length() != other.length()
                ? Integer.compare(one.length(), other.length())
                : one.compareTo(other);
    }
}
