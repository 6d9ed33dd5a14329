package dev.aicore.discovery.command.retention;

import static dev.aicore.discovery.config.testing.Mutation.returning;
import static dev.aicore.discovery.config.testing.Mutation.saying;

import dev.aicore.discovery.config.testing.MutantContract;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Each protection of observations that somebody needs is taken away, and the test named after it must fail. */
class RetentionMutantTest extends MutantContract {

    static Stream<Arguments> protections() {
        return Stream.of(
                // Doesn't wait for those who read.
                Arguments.of(
                        returning(RetentionBlockers.class.getName(), "isBehind", false),
                        RetentionPlanTest.class,
                        "aProjectionThatLagsKeepsItsPartition"),
                // Drops what is written to.
                Arguments.of(
                        returning(RetentionPlan.class.getName(), "isFull", true),
                        RetentionPlanTest.class,
                        "whatIsWrittenToStaysHoweverOldItIs"),
                // Takes a projection that never ran for none.
                Arguments.of(
                        saying(StoreUsageReader.class.getName(), "projections", "last_seen", "nobody"),
                        RetentionServiceTest.class,
                        "aProjectionThatLagsKeepsItsPartition"));
    }
}
