package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.config.testing.Mutation.calling;
import static dev.aicore.discovery.config.testing.Mutation.doingNothing;
import static dev.aicore.discovery.config.testing.Mutation.forgetting;
import static dev.aicore.discovery.config.testing.Mutation.returning;
import static dev.aicore.discovery.config.testing.Mutation.returningItsArgument;
import static dev.aicore.discovery.config.testing.Mutation.using;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.shard.Precondition;
import dev.aicore.discovery.command.health.BreakerPolicy;
import dev.aicore.discovery.command.health.Calls;
import dev.aicore.discovery.command.health.DampingPolicy;
import dev.aicore.discovery.command.lease.ExpiryCapPolicy;
import dev.aicore.discovery.command.lease.LeasePolicy;
import dev.aicore.discovery.config.testing.MutantContract;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Each protection of a shard is taken away, and the test named after it must fail. */
class ShardMutantTest extends MutantContract {

    static Stream<Arguments> protections() {
        return Stream.of(
                Arguments.of(
                        returning(Envelope.class.getName(), "mayChangeWhatBelongsTo", true),
                        RegistrationTest.class,
                        "anotherPrincipalIsRefused"),
                Arguments.of(
                        returning(Envelope.class.getName(), "mayChangeWhatBelongsTo", true),
                        HeartbeatTest.class,
                        "ofAnothersInstanceIsRefused"),
                Arguments.of(
                        returning(Envelope.class.getName(), "mayChangeWhatBelongsTo", true),
                        UpdateTest.class,
                        "anotherPrincipalIsRefused"),
                Arguments.of(
                        returning(Precondition.class.getName(), "admits", true),
                        PreconditionTest.class,
                        "anotherTagIsRefused"),
                Arguments.of(
                        forgetting(Instance.class.getName(), "declare", "declared"),
                        UpdateTest.class,
                        "aHeartbeatAfterRemovalKeepsMaintenance"),
                Arguments.of(
                        forgetting(Instance.class.getName(), "declare", "declared"),
                        UpdateTest.class,
                        "registeringAgainKeepsMaintenance"),
                Arguments.of(
                        returning(Instance.class.getName(), "isExpired", false),
                        UpdateTest.class,
                        "anUpdateBringsNoExpiredOneBackNorPutsItsRemovalOff"),
                Arguments.of(
                        returning(Registration.class.getName(), "mayDeclare", true),
                        RegistrationTest.class,
                        "theNameNeverChanges"),
                Arguments.of(
                        returning(Tombstone.class.getName(), "until", Long.MAX_VALUE),
                        HeartbeatTest.class,
                        "revivesUpToTheEndOfTheWindowAndNotBeyond"),
                Arguments.of(
                        returning(Decision.class.getName(), "isAboutToBeRenewed", false),
                        ExpiryTest.class,
                        "aRenewalThatCameFirstWins"),
                Arguments.of(
                        calling(Decision.class.getName(), "isAboutToBeRenewed", "renews", "concerns"),
                        ExpiryTest.class,
                        "aFailedCheckThatCameFirstDoesNot"),
                Arguments.of(
                        returningItsArgument(LeasePolicy.class.getName(), "expiresAt"),
                        ExpiryTest.class,
                        "neverBeforeTheTtl"),
                Arguments.of(
                        calling(LeasePolicy.class.getName(), "expiresAt", "max", "min"),
                        ExpiryTest.class,
                        "graceLetsALeaseRunAnew"),
                Arguments.of(
                        returningItsArgument(LeasePolicy.class.getName(), "removeAt"),
                        ExpiryTest.class,
                        "gracePutsARemovalOff"),
                Arguments.of(
                        calling(Expiry.class.getName(), "settle", "min", "max"),
                        ExpiryTest.class,
                        "aProposalThatLayAboutDecidesByItsOwnTime"),
                Arguments.of(
                        doingNothing(Decision.class.getName(), "settleWhatCountsOf"),
                        CheckTest.class,
                        "theThresholdCountsWithinABatchToo"),
                Arguments.of(
                        doingNothing(Decision.class.getName(), "settleWhatIsPendingFor"),
                        CheckTest.class,
                        "aHeartbeatOfTheSameBatchLeavesWithTheResultAndBeforeTheTurn"),
                Arguments.of(
                        returning(ExpiryCapPolicy.class.getName(), "mayExpire", true),
                        PreservationTest.class,
                        "aShareExpiresAndTheRestIsHeldBack"),
                Arguments.of(
                        returning(ExpiryCapPolicy.class.getName(), "endsAt", Long.MAX_VALUE),
                        PreservationTest.class,
                        "afterTheBoundAllAreGoneAndPreservationIsLeftByItself"),
                Arguments.of(
                        doingNothing(Preservation.class.getName(), "leaveIfOver"),
                        PreservationTest.class,
                        "afterTheBoundAllAreGoneAndPreservationIsLeftByItself"),
                Arguments.of(
                        returning(Instance.class.getName(), "isSilent", false),
                        PreservationTest.class,
                        "oneThatIsHeardComesBackAndTheLastOfThemEndsIt"),
                Arguments.of(
                        returning(Instance.class.getName(), "isCheckedActively", true),
                        ExpiryTest.class,
                        "withoutALeaseOnlyChecksEndIt"),
                Arguments.of(
                        returning(BreakerPolicy.class.getName(), "mayEject", true),
                        CircuitTest.class,
                        "moreThanHalfOfAServiceAreNeverOut"),
                Arguments.of(
                        returning(Calls.class.getName(), "reporter", 0),
                        CircuitTest.class,
                        "onePrincipalCountsForLessThanHalfAWindow"),
                Arguments.of(
                        doingNothing(Circuits.class.getName(), "lookAgain"),
                        CircuitTest.class,
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
