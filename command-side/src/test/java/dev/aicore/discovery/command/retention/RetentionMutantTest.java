package dev.aicore.discovery.command.retention;

import static dev.aicore.discovery.config.testing.Mutation.returning;
import static dev.aicore.discovery.config.testing.Mutation.saying;

import dev.aicore.discovery.config.testing.MutantContract;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Removes each protection of observations that are still needed; the test that belongs to it must fail. */
class RetentionMutantTest extends MutantContract {

    static Stream<Arguments> protections() {
        return Stream.of(
                // Ignores projections that have not read the partition.
                Arguments.of(
                        returning(RetentionBlockers.class.getName(), "isBehind", false),
                        RetentionPlanTest.class,
                        "partition_withLaggingProjection_isRetained"),
                // Drops a partition that is still written to.
                Arguments.of(
                        returning(RetentionPlan.class.getName(), "isFull", true),
                        RetentionPlanTest.class,
                        "partialPartition_isRetained"),
                // Treats a projection that never ran as absent.
                Arguments.of(
                        saying(StoreUsageReader.class.getName(), "projections", "last_seen", "nobody"),
                        RetentionServiceTest.class,
                        "partition_withLaggingProjection_isRetained"));
    }
}
