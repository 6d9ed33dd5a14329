package dev.aicore.discovery.query.balancing;

import static dev.aicore.discovery.config.testing.Mutation.returning;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.aicore.discovery.access.hotpath.HotRoute;
import dev.aicore.discovery.config.testing.MutantContract;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What keeps the fast lane to what it understands is taken away, and the test named after it must fail. */
class HotPathMutantTest extends MutantContract {

    static Stream<Arguments> protections() {
        return Stream.of(
                // Answers in JSON whoever asks.
                arguments(
                        returning("dev.aicore.discovery.access.hotpath.HotPathHandler", "isPlain", true),
                        DiscoverHotPathTest.class,
                        "whoAcceptsWhatIsUnusualPassesTheLane"),
                // Takes every path for its own.
                arguments(
                        returning(HotRoute.class.getName(), "matches", true),
                        DiscoverHotPathTest.class,
                        "whatIsWrittenInAnUnusualWayPassesTheLane"));
    }
}
