package dev.aicore.discovery.query.balancing;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.semver4j.Semver;

/**
 * A version that goes before and behind others as Semantic Versioning 2.0.0 says (item 11). The library's own compares numbers of a
 * pre-release as far as they fit into a long, and fails beyond.
 */
final class SemanticVersion extends Semver {

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private static final Comparator<Semver> CORE = Comparator.comparingInt(Semver::getMajor)
            .thenComparingInt(Semver::getMinor)
            .thenComparingInt(Semver::getPatch);

    /** @throws org.semver4j.SemverException if it isn't one */
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
        // Numbers have no leading zeros, so that the longer one is the larger one.
        return isNumber && one.length() != other.length()
                ? Integer.compare(one.length(), other.length())
                : one.compareTo(other);
    }
}
