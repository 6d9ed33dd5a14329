package dev.aicore.discovery.command.configuration;

import static dev.aicore.discovery.config.testing.Mutation.doingNothing;
import static dev.aicore.discovery.config.testing.Mutation.returning;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.aicore.discovery.api.configuration.Expectation;
import dev.aicore.discovery.config.testing.MutantContract;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What a change has to pass is taken away, and the test named after it must fail. */
class ConfigurationMutantTest extends MutantContract {

    static Stream<Arguments> protections() {
        return Stream.of(
                arguments(
                        returning(Expectation.class.getName(), "admits", true),
                        VersionBookTest.class,
                        "aTagLetsOnlyThoseThroughWhoKnowTheLastVersion"),
                arguments(
                        doingNothing(Budget.class.getName(), "keyword"),
                        JsonSchemasTest.class,
                        "aSchemaThatDoublesWithEachStepIsStopped"),
                arguments(doingNothing(Budget.class.getName(), "looks"), SchemaBoundsTest.class, "whatErrorsSayCounts"),
                arguments(
                        doingNothing(Budget.class.getName(), "characters"),
                        JsonSchemasTest.class,
                        "aPatternThatTriesForEverIsStopped"));
    }
}
