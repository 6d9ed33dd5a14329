package dev.aicore.discovery.command.monitor;

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
                Arguments.of(
                        returning(ROOM, "isThere", true),
                        CheckSchedulerTest.class,
                        "noMoreThanAllowedAreUnderWayAndTheOthersWait"),
                Arguments.of(
                        returning(ROOM, "hasHeavyCapacity", true),
                        CheckSchedulerTest.class,
                        "heavyChecksLeaveHalfOfTheRoomToTheOthers"),
                Arguments.of(
                        returning(SCHEDULE, "isInWheel", true),
                        CheckSchedulerTest.class,
                        "anInstanceNeverHasTwoChecksAtOnce"),
                Arguments.of(
                        returning(SCHEDULE, "isStale", false),
                        CheckSchedulerTest.class,
                        "aResultOfWhatHasChangedMeanwhileDoesNotCount"),
                Arguments.of(
                        returning(SCHEDULE, "isUnwanted", false),
                        CheckSchedulerTest.class,
                        "aResultOfWhatWasStoppedMeanwhileDoesNotCount"),
                Arguments.of(
                        returning(SCHEDULE, "isFull", false),
                        CheckSchedulerTest.class,
                        "noMoreThanAFewMayWaitForOneInstance"),
                Arguments.of(
                        returning("dev.aicore.discovery.api.instance.HealthCheck", "checksActively", true),
                        TargetTrackerTest.class,
                        "aTtlCheckIsNotOursToMake"),
                Arguments.of(
                        doingNothing(ReservedEndpointUpdater.class.getName(), "add"),
                        ReservedEndpointUpdaterTest.class,
                        "theStoresAreOutOfReachWhereverTheyAre"),
                Arguments.of(
                        doingNothing(MonitoringLookupQueue.class.getName(), "requeue"),
                        TargetTrackerTest.class,
                        "allThatAShardHasIsAskedForAtTheStart"),
                Arguments.of(
                        doingNothing(TargetTracker.class.getName(), "lost"),
                        TargetTrackerTest.class,
                        "whatMayOrMayNotHaveBeenDecidedIsAskedFor"));
    }
}
