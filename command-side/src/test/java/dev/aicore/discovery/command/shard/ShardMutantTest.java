package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.config.testing.Mutation.calling;
import static dev.aicore.discovery.config.testing.Mutation.doingNothing;
import static dev.aicore.discovery.config.testing.Mutation.forgetting;
import static dev.aicore.discovery.config.testing.Mutation.returning;
import static dev.aicore.discovery.config.testing.Mutation.returningItsArgument;
import static dev.aicore.discovery.config.testing.Mutation.returningItsFirst;
import static dev.aicore.discovery.config.testing.Mutation.returningNull;
import static dev.aicore.discovery.config.testing.Mutation.using;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.instance.InstancePrecondition;
import dev.aicore.discovery.command.shard.TombstoneIndex.Tombstone;
import dev.aicore.discovery.command.shard.policy.BreakerPolicy;
import dev.aicore.discovery.command.shard.policy.CallWindow;
import dev.aicore.discovery.command.shard.policy.DampingPolicy;
import dev.aicore.discovery.command.shard.policy.ExpiryCapPolicy;
import dev.aicore.discovery.command.shard.policy.LeaseDeadlines;
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
                        "write_byNonOwner_isRefused"),
                Arguments.of(
                        returning(EventMetadata.class.getName(), "mayModify", true),
                        HeartbeatTest.class,
                        "heartbeat_byNonOwner_isRefused"),
                Arguments.of(
                        returning(EventMetadata.class.getName(), "mayModify", true),
                        UpdateDeciderTest.class,
                        "update_byNonOwner_isRefused"),
                Arguments.of(
                        returning(InstancePrecondition.class.getName(), "isMetBy", true),
                        InstancePreconditionTest.class,
                        "command_withStaleETag_isRefused"),
                Arguments.of(
                        returning(EventMetadata.class.getName(), "causedByRegistry", false),
                        CompositeCheckTest.class,
                        "resultOfTheRegistry_doesNotRenewTheLease"),
                Arguments.of(
                        returning(Instance.class.getName(), "hasCompositeCheck", false),
                        CompositeCheckTest.class,
                        "resultOfAFormerCheck_isRefused"),
                Arguments.of(
                        returningItsFirst(RegistrationDecider.class.getName(), "withResults"),
                        CompositeCheckTest.class,
                        "registrationAgain_keepsTheResults"),
                Arguments.of(
                        forgetting(Instance.class.getName(), "declare", "adminState"),
                        UpdateDeciderTest.class,
                        "heartbeat_afterRemoval_keepsMaintenance"),
                Arguments.of(
                        forgetting(Instance.class.getName(), "declare", "adminState"),
                        UpdateDeciderTest.class,
                        "reregistration_keepsMaintenance"),
                Arguments.of(
                        returning(Instance.class.getName(), "isExpired", false),
                        UpdateDeciderTest.class,
                        "update_ofExpiredInstance_neitherRevivesNorDelaysRemoval"),
                Arguments.of(
                        returningNull(RegistrationDecider.class.getName(), "refusal"),
                        RegistrationDeciderTest.class,
                        "registration_withOtherServiceName_isRefused"),
                Arguments.of(
                        returning(Tombstone.class.getName(), "until", Long.MAX_VALUE),
                        HeartbeatTest.class,
                        "heartbeat_afterReviveWindow_isRefused"),
                Arguments.of(
                        returning(DecisionContext.class.getName(), "hasPendingRenewal", false),
                        ExpiryDeciderTest.class,
                        "renewal_beforeProposalInBatch_preventsExpiry"),
                Arguments.of(
                        calling(DecisionContext.class.getName(), "hasPendingRenewal", "renews", "hasPending"),
                        ExpiryDeciderTest.class,
                        "failedCheck_beforeProposalInBatch_doesNotPreventExpiry"),
                Arguments.of(
                        returningItsArgument(LeaseDeadlines.class.getName(), "expiresAt"),
                        ExpiryDeciderTest.class,
                        "lease_beforeTtl_staysLive"),
                Arguments.of(
                        calling(LeaseDeadlines.class.getName(), "expiresAt", "max", "min"),
                        ExpiryDeciderTest.class,
                        "extension_restartsLease"),
                Arguments.of(
                        returningItsArgument(LeaseDeadlines.class.getName(), "removeAt"),
                        ExpiryDeciderTest.class,
                        "extension_delaysRemoval"),
                Arguments.of(
                        calling(ExpiryDecider.class.getName(), "decide", "min", "max"),
                        ExpiryDeciderTest.class,
                        "delayedProposal_isDecidedByProposalTime"),
                Arguments.of(
                        doingNothing(BatchDecider.class.getName(), "applyCounted"),
                        RecordCheckTest.class,
                        "failedChecks_ofOneBatch_countTowardsThreshold"),
                Arguments.of(
                        doingNothing(BatchDecider.class.getName(), "applyPending"),
                        RecordCheckTest.class,
                        "heartbeatAndResult_ofOneBatch_precedeHealthChangeAsOneEvent"),
                Arguments.of(
                        returning(ExpiryCapPolicy.class.getName(), "mayExpire", true),
                        SelfPreservationDeciderTest.class,
                        "expiry_beyondCap_marksRestOverdue"),
                Arguments.of(
                        returning(ExpiryCapPolicy.class.getName(), "endsAt", Long.MAX_VALUE),
                        SelfPreservationDeciderTest.class,
                        "expiry_afterMaxSilence_endsSelfPreservation"),
                Arguments.of(
                        returning(SelfPreservationDecider.class.getName(), "isOver", false),
                        SelfPreservationDeciderTest.class,
                        "expiry_afterMaxSilence_endsSelfPreservation"),
                Arguments.of(
                        returning(Instance.class.getName(), "isSilent", false),
                        SelfPreservationDeciderTest.class,
                        "heartbeat_ofLastOverdueInstance_endsSelfPreservation"),
                Arguments.of(
                        returning(Instance.class.getName(), "isCheckedActively", true),
                        ExpiryDeciderTest.class,
                        "instanceWithoutLease_withoutFailingChecks_isNotRemoved"),
                Arguments.of(
                        returning(BreakerPolicy.class.getName(), "mayEject", true),
                        CircuitBreakerDeciderTest.class,
                        "openBreakers_neverExceedHalfOfService"),
                Arguments.of(
                        returning(CallWindow.class.getName(), "reporter", 0),
                        CircuitBreakerDeciderTest.class,
                        "principal_countsForLessThanHalfTheWindow"),
                Arguments.of(
                        returning(CircuitBreakerDecider.class.getName(), "isHalfOpenDue", false),
                        CircuitBreakerDeciderTest.class,
                        "openBreaker_afterOpenTime_isHalfOpen"),
                Arguments.of(
                        returning(DampingPolicy.class.getName(), "passesNeeded", 0),
                        DampingTest.class,
                        "flappingInstance_needsMorePasses"),
                Arguments.of(
                        using(Slots.class.getName(), "vacate", "vacated", "free"),
                        CheckpointTest.class,
                        "slot_isReusedOnlyAfterCheckpoint"),
                Arguments.of(
                        using(Slots.class.getName(), "vacate", "vacated", "free"),
                        CheckpointTest.class,
                        "slot_withinBatchCausingCheckpoint_isNotReused"));
    }
}
