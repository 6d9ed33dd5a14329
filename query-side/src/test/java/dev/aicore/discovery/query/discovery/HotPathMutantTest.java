package dev.aicore.discovery.query.discovery;

import static dev.aicore.discovery.config.testing.Mutation.returning;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.aicore.discovery.access.hotpath.HotRoute;
import dev.aicore.discovery.config.testing.MutantContract;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Removes each condition that restricts the hot path, and verifies that the named test then fails. */
class HotPathMutantTest extends MutantContract {

    static Stream<Arguments> protections() {
        return Stream.of(
                // Answers in JSON regardless of the accepted media type.
                arguments(
                        returning("dev.aicore.discovery.access.hotpath.HotPathHandler", "isPlain", true),
                        DiscoverHotPathTest.class,
                        "unusualAcceptHeader_isPassedToWebFlux"),
                // Matches every path.
                arguments(
                        returning(HotRoute.class.getName(), "matches", true),
                        DiscoverHotPathTest.class,
                        "unusualRequestLine_isPassedToWebFlux"));
    }
}
