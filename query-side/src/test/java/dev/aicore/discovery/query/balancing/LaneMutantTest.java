package dev.aicore.discovery.query.balancing;

import static dev.aicore.discovery.config.testing.Mutation.returning;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.aicore.discovery.config.lane.HotRoute;
import dev.aicore.discovery.config.testing.Mutants;
import dev.aicore.discovery.config.testing.Mutation;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What keeps the fast lane to what it understands is taken away, and the test named after it must fail. */
@Tag("mutant")
class LaneMutantTest {

    static Stream<Arguments> protections() {
        return Stream.of(
                // Answers in JSON whoever asks.
                arguments(
                        returning("dev.aicore.discovery.config.lane.FastLane", "isPlain", true),
                        "whoAcceptsWhatIsUnusualPassesTheLane"),
                // Takes every path for its own.
                arguments(
                        returning(HotRoute.class.getName(), "matches", true),
                        "whatIsWrittenInAnUnusualWayPassesTheLane"));
    }

    @ParameterizedTest
    @MethodSource("protections")
    void isNoticed(Mutation mutation, String test) {
        Mutants.assertNoticed(mutation, DiscoverLanesTest.class, test);
    }
}
