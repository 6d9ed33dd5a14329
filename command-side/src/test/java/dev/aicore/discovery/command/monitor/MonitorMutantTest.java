package dev.aicore.discovery.command.monitor;

import static dev.aicore.discovery.config.testing.Mutation.doingNothing;
import static dev.aicore.discovery.config.testing.Mutation.returning;

import dev.aicore.discovery.config.testing.MutantContract;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Each protection of the schedule is switched off, and the test named after it must fail. */
class MonitorMutantTest extends MutantContract {

    private static final String ROOM = Room.class.getName();
    private static final String SCHEDULE = Schedule.class.getName();

    static Stream<Arguments> protections() {
        return Stream.of(
                Arguments.of(
                        returning(ROOM, "isThere", true),
                        ScheduleTest.class,
                        "noMoreThanAllowedAreUnderWayAndTheOthersWait"),
                Arguments.of(
                        returning(ROOM, "isThereForHeavy", true),
                        ScheduleTest.class,
                        "heavyChecksLeaveHalfOfTheRoomToTheOthers"),
                Arguments.of(
                        returning(SCHEDULE, "isInWheel", true),
                        ScheduleTest.class,
                        "anInstanceNeverHasTwoChecksAtOnce"),
                Arguments.of(
                        returning(SCHEDULE, "isStale", false),
                        ScheduleTest.class,
                        "aResultOfWhatHasChangedMeanwhileDoesNotCount"),
                Arguments.of(
                        returning(SCHEDULE, "isUnwanted", false),
                        ScheduleTest.class,
                        "aResultOfWhatWasStoppedMeanwhileDoesNotCount"),
                Arguments.of(
                        returning(SCHEDULE, "isFull", false),
                        ScheduleTest.class,
                        "noMoreThanAFewMayWaitForOneInstance"),
                Arguments.of(
                        returning("dev.aicore.discovery.api.instance.HealthCheck", "checksActively", true),
                        TargetsTest.class,
                        "aTtlCheckIsNotOursToMake"),
                Arguments.of(
                        doingNothing(OwnPorts.class.getName(), "add"),
                        OwnPortsTest.class,
                        "theStoresAreOutOfReachWhereverTheyAre"),
                Arguments.of(
                        doingNothing(Questions.class.getName(), "giveBack"),
                        TargetsTest.class,
                        "allThatAShardHasIsAskedForAtTheStart"),
                Arguments.of(
                        doingNothing(Targets.class.getName(), "lost"),
                        TargetsTest.class,
                        "whatMayOrMayNotHaveBeenDecidedIsAskedFor"));
    }
}
