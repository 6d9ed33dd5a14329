package dev.aicore.discovery.command.health;

import static dev.aicore.discovery.config.testing.Mutation.doingNothing;
import static dev.aicore.discovery.config.testing.Mutation.returning;

import dev.aicore.discovery.config.testing.MutantContract;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Removes each protection of the scheduler; the test that belongs to it must fail. */
class HealthCheckMutantTest extends MutantContract {

    private static final String ROOM = CheckConcurrencyLimit.class.getName();
    private static final String SCHEDULE = CheckScheduler.class.getName();

    static Stream<Arguments> protections() {
        return Stream.of(
                Arguments.of(returning(ROOM, "isThere", true), CheckSchedulerTest.class, "concurrentChecks_areLimited"),
                Arguments.of(
                        returning(ROOM, "hasHeavyCapacity", true),
                        CheckSchedulerTest.class,
                        "heavyChecks_useAtMostHalfOfCapacity"),
                Arguments.of(
                        returning(SCHEDULE, "isInWheel", true),
                        CheckSchedulerTest.class,
                        "instance_hasAtMostOneCheckAtOnce"),
                Arguments.of(
                        returning(SCHEDULE, "isStale", false),
                        CheckTargetChangeTest.class,
                        "result_afterCheckChange_isIgnored"),
                Arguments.of(
                        returning(SCHEDULE, "isUnwanted", false),
                        CheckTargetChangeTest.class,
                        "result_afterForget_isIgnored"),
                Arguments.of(
                        returning(SCHEDULE, "isFull", false),
                        OnDemandCheckTest.class,
                        "onDemandCallers_perInstance_areLimited"),
                Arguments.of(
                        returning("dev.aicore.discovery.api.health.HealthCheck", "checksActively", true),
                        TargetTrackerTest.class,
                        "instance_withoutActiveCheck_isNotWatched"),
                Arguments.of(
                        doingNothing(DeniedRegistryEndpointUpdater.class.getName(), "add"),
                        DeniedRegistryEndpointUpdaterTest.class,
                        "storeEndpoints_areDenied"),
                Arguments.of(
                        doingNothing(MonitoringLookupQueue.class.getName(), "requeue"),
                        TargetTrackerTest.class,
                        "lookup_atStart_coversAllInstances"),
                Arguments.of(
                        doingNothing(TargetTracker.class.getName(), "lost"),
                        TargetTrackerTest.class,
                        "lostCommands_causeLookup"));
    }
}
