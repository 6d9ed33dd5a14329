package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.config.testing.Mutation.calling;
import static dev.aicore.discovery.config.testing.Mutation.doingNothing;
import static dev.aicore.discovery.config.testing.Mutation.forgetting;
import static dev.aicore.discovery.config.testing.Mutation.returning;
import static dev.aicore.discovery.config.testing.Mutation.returningItsArgument;
import static dev.aicore.discovery.config.testing.Mutation.using;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.shard.InstancePrecondition;
import dev.aicore.discovery.command.health.BreakerPolicy;
import dev.aicore.discovery.command.health.CallWindow;
import dev.aicore.discovery.command.health.DampingPolicy;
import dev.aicore.discovery.command.lease.ExpiryCapPolicy;
import dev.aicore.discovery.command.lease.LeasePolicy;
import dev.aicore.discovery.config.testing.MutantContract;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Removes each protection of a shard; the test that belongs to it must fail. */
class ShardMutantTest extends MutantContract {

    static Stream<Arguments> protections() {
        return Stream.of(
                Arguments.of(
                        returning(EventMetadata.class.getName(), "mayModify", true),
                        RegistrationDeciderTest.class,
                        "anotherPrincipalIsRefused"),
                Arguments.of(
                        returning(EventMetadata.class.getName(), "mayModify", true),
                        HeartbeatTest.class,
                        "ofAnothersInstanceIsRefused"),
                Arguments.of(
                        returning(EventMetadata.class.getName(), "mayModify", true),
                        UpdateDeciderTest.class,
                        "anotherPrincipalIsRefused"),
                Arguments.of(
                        returning(InstancePrecondition.class.getName(), "admits", true),
                        InstancePreconditionTest.class,
                        "anotherTagIsRefused"),
                Arguments.of(
                        forgetting(Instance.class.getName(), "declare", "adminState"),
                        UpdateDeciderTest.class,
                        "aHeartbeatAfterRemovalKeepsMaintenance"),
                Arguments.of(
                        forgetting(Instance.class.getName(), "declare", "adminState"),
                        UpdateDeciderTest.class,
                        "registeringAgainKeepsMaintenance"),
                Arguments.of(
                        returning(Instance.class.getName(), "isExpired", false),
                        UpdateDeciderTest.class,
                        "anUpdateBringsNoExpiredOneBackNorPutsItsRemovalOff"),
                Arguments.of(
                        returning(RegistrationDecider.class.getName(), "mayDeclare", true),
                        RegistrationDeciderTest.class,
                        "theNameNeverChanges"),
                Arguments.of(
                        returning(Tombstone.class.getName(), "until", Long.MAX_VALUE),
                        HeartbeatTest.class,
                        "revivesUpToTheEndOfTheWindowAndNotBeyond"),
                Arguments.of(
                        returning(BatchDecider.class.getName(), "hasPendingRenewal", false),
                        ExpiryDeciderTest.class,
                        "aRenewalThatCameFirstWins"),
                Arguments.of(
                        calling(BatchDecider.class.getName(), "hasPendingRenewal", "renews", "concerns"),
                        ExpiryDeciderTest.class,
                        "aFailedCheckThatCameFirstDoesNot"),
                Arguments.of(
                        returningItsArgument(LeasePolicy.class.getName(), "expiresAt"),
                        ExpiryDeciderTest.class,
                        "neverBeforeTheTtl"),
                Arguments.of(
                        calling(LeasePolicy.class.getName(), "expiresAt", "max", "min"),
                        ExpiryDeciderTest.class,
                        "graceLetsALeaseRunAnew"),
                Arguments.of(
                        returningItsArgument(LeasePolicy.class.getName(), "removeAt"),
                        ExpiryDeciderTest.class,
                        "gracePutsARemovalOff"),
                Arguments.of(
                        calling(ExpiryDecider.class.getName(), "decide", "min", "max"),
                        ExpiryDeciderTest.class,
                        "aProposalThatLayAboutDecidesByItsOwnTime"),
                Arguments.of(
                        doingNothing(BatchDecider.class.getName(), "applyCounted"),
                        RecordCheckTest.class,
                        "theThresholdCountsWithinABatchToo"),
                Arguments.of(
                        doingNothing(BatchDecider.class.getName(), "applyPending"),
                        RecordCheckTest.class,
                        "aHeartbeatOfTheSameBatchLeavesWithTheResultAndBeforeTheTurn"),
                Arguments.of(
                        returning(ExpiryCapPolicy.class.getName(), "mayExpire", true),
                        SelfPreservationDeciderTest.class,
                        "aShareExpiresAndTheRestIsHeldBack"),
                Arguments.of(
                        returning(ExpiryCapPolicy.class.getName(), "endsAt", Long.MAX_VALUE),
                        SelfPreservationDeciderTest.class,
                        "afterTheBoundAllAreGoneAndPreservationIsLeftByItself"),
                Arguments.of(
                        doingNothing(SelfPreservationDecider.class.getName(), "exitIfOver"),
                        SelfPreservationDeciderTest.class,
                        "afterTheBoundAllAreGoneAndPreservationIsLeftByItself"),
                Arguments.of(
                        returning(Instance.class.getName(), "isSilent", false),
                        SelfPreservationDeciderTest.class,
                        "oneThatIsHeardComesBackAndTheLastOfThemEndsIt"),
                Arguments.of(
                        returning(Instance.class.getName(), "isCheckedActively", true),
                        ExpiryDeciderTest.class,
                        "withoutALeaseOnlyChecksEndIt"),
                Arguments.of(
                        returning(BreakerPolicy.class.getName(), "mayEject", true),
                        CircuitBreakerDeciderTest.class,
                        "moreThanHalfOfAServiceAreNeverOut"),
                Arguments.of(
                        returning(CallWindow.class.getName(), "reporter", 0),
                        CircuitBreakerDeciderTest.class,
                        "onePrincipalCountsForLessThanHalfAWindow"),
                Arguments.of(
                        doingNothing(CircuitBreakerDecider.class.getName(), "halfOpenIfDue"),
                        CircuitBreakerDeciderTest.class,
                        "afterItsTimeItLetsAFewCallsThrough"),
                Arguments.of(
                        returning(DampingPolicy.class.getName(), "passesNeeded", 0),
                        DampingTest.class,
                        "oneThatTurnsTooOftenNeedsLongerToComeBack"),
                Arguments.of(
                        using(Slots.class.getName(), "leave", "left", "free"),
                        CheckpointTest.class,
                        "aSlotIsGivenAwayAgainOnlyAfterACheckpoint"),
                Arguments.of(
                        using(Slots.class.getName(), "leave", "left", "free"),
                        CheckpointTest.class,
                        "noSlotIsUsedAgainWithinTheBatchThatMakesACheckpointDue"));
    }
}
