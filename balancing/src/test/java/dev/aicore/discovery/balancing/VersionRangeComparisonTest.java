package dev.aicore.discovery.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.semver4j.RangesListFactory;
import org.semver4j.Semver;

/** Compares ranges of one comparator with those of semver4j. It ignores some comparators if there are several. */
class VersionRangeComparisonTest {

    private static final int CASES = 5_000;
    private static final List<String> OPERATORS = List.of("", "", "^", "~", ">=", "<=", ">", "<", "=", ">= ", "^ ");

    /** Identifiers that the library orders like Semantic Versioning. */
    private static final List<String> IDENTIFIERS = List.of("0", "1", "2", "10", "alpha", "rc", "01");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void range_acceptsVersionsOfLibrary(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < CASES; i++) {
            var comparator = OPERATORS.get(random.nextInt(OPERATORS.size())) + version(random, 1 + random.nextInt(3));
            var version = version(random, 3);

            assertThat(accepts(comparator, version))
                    .as("%s accepts %s", comparator, version)
                    .isEqualTo(acceptsOfLibrary(comparator, version));
        }
    }

    /** Returns null if the range is invalid. */
    private static @Nullable Boolean accepts(String comparator, String version) {
        // An alternative makes a range of each text. Without an operator it would be an exact version.
        var range = VersionRange.of(comparator + " || " + comparator);
        return range == null ? null : range.accepts(version);
    }

    private static @Nullable Boolean acceptsOfLibrary(String comparator, String version) {
        var range = RangesListFactory.create(comparator);
        var parsed = Semver.parse(version);
        return range.get().isEmpty() ? null : parsed != null && range.isSatisfiedBy(parsed);
    }

    private static String version(Random random, int places) {
        var text = new StringBuilder();
        for (int place = 0; place < places; place++) {
            text.append(place == 0 ? "" : ".").append(random.nextInt(3));
        }
        if (random.nextInt(3) == 0) {
            text.append('-').append(identifier(random));
            if (random.nextBoolean()) {
                text.append('.').append(identifier(random));
            }
        }
        return text.toString();
    }

    private static String identifier(Random random) {
        return IDENTIFIERS.get(random.nextInt(IDENTIFIERS.size()));
    }
}
