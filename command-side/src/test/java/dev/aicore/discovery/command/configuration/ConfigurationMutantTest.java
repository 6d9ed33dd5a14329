package dev.aicore.discovery.command.configuration;

import static dev.aicore.discovery.config.testing.Mutation.doingNothing;
import static dev.aicore.discovery.config.testing.Mutation.returning;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.aicore.discovery.api.configuration.ConfigurationPrecondition;
import dev.aicore.discovery.config.testing.MutantContract;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Removes each protection of configuration changes; the test that belongs to it must fail. */
class ConfigurationMutantTest extends MutantContract {

    static Stream<Arguments> protections() {
        return Stream.of(
                arguments(
                        returning(ConfigurationPrecondition.class.getName(), "isMetBy", true),
                        ConfigurationAggregateTest.class,
                        "store_withPrecondition_requiresCurrentVersion"),
                arguments(
                        returning(ConfigurationPrecondition.class.getName(), "isMetBy", true),
                        KeyValueAggregateTest.class,
                        "store_withPrecondition_requiresCurrentVersion"),
                arguments(
                        doingNothing(KeyValueIndex.class.getName(), "count"),
                        KeyValueAggregateTest.class,
                        "store_aboveLimits_isRefusedUntilKeysAreDeleted"),
                arguments(
                        doingNothing(ValidationBudget.class.getName(), "keyword"),
                        JsonSchemaValidatorTest.class,
                        "exponentialReferences_areStopped"),
                arguments(
                        doingNothing(ValidationBudget.class.getName(), "steps"),
                        SchemaCostLimitTest.class,
                        "errorMessages_countTowardsCost"),
                arguments(
                        doingNothing(ValidationBudget.class.getName(), "characters"),
                        JsonSchemaValidatorTest.class,
                        "backtrackingPattern_isStopped"));
    }
}
