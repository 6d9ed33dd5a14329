package dev.aicore.discovery.query.discovery;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.semver4j.Semver;

/**
 * Version ordered by precedence according to Semantic Versioning 2.0.0, item 11. The library's own comparison fails for
 * numbers in a pre-release that don't fit into a long.
 */
final class SemanticVersion extends Semver {

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private static final Comparator<Semver> CORE = Comparator.comparingInt(Semver::getMajor)
            .thenComparingInt(Semver::getMinor)
            .thenComparingInt(Semver::getPatch);

    /**
     * Parses a version.
     *
     * @throws org.semver4j.SemverException if the text isn't a semantic version
     */
    SemanticVersion(String text) {
        super(text);
    }

    @Override
    public int compareTo(Semver other) {
        int core = CORE.compare(this, other);
        return core != 0 ? core : preReleases(getPreRelease(), other.getPreRelease());
    }

    private static int preReleases(List<String> one, List<String> other) {
        return one.isEmpty() || other.isEmpty()
                ? Boolean.compare(one.isEmpty(), other.isEmpty())
                : Arrays.compare(
                        one.toArray(String[]::new), other.toArray(String[]::new), SemanticVersion::identifiers);
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
