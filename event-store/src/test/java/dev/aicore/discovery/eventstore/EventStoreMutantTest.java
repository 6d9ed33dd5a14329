package dev.aicore.discovery.eventstore;

import static dev.aicore.discovery.config.testing.Mutation.doingNothing;
import static dev.aicore.discovery.config.testing.Mutation.passing;
import static dev.aicore.discovery.config.testing.Mutation.returning;
import static dev.aicore.discovery.config.testing.Mutation.saying;
import static dev.aicore.discovery.config.testing.Mutation.without;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.aicore.discovery.config.testing.MutantContract;
import dev.aicore.discovery.config.testing.Mutation;
import dev.aicore.discovery.eventstore.wire.TrackingTokenJson;
import dev.aicore.discovery.eventstore.wire.WireTypeRegistry;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Removes each protection of the event store; the test that is named after the protection must fail. */
class EventStoreMutantTest extends MutantContract {

    static Stream<Arguments> protections() {
        var appends = PostgresAppendTest.class;
        var loads = PostgresShardLoadTest.class;
        var streams = PostgresStreamTest.class;
        var keys = PostgresIdempotencyTest.class;
        return Stream.of(
                // Appends events that may still be rolled back.
                arguments(eager(), appends, "unitOfWork_isOneAppend"),
                arguments(eager(), appends, "nestedUnitOfWork_isAppendedWithRoot"),
                arguments(eager(), appends, "failureInPrepareCommitHandler_appendsNothing"),
                arguments(eager(), appends, "failureInCommitHandler_appendsNothing"),
                // Accepts any sequence number.
                arguments(
                        doingNothing(name(AppenderSession.class), "reserve"),
                        appends,
                        "append_withSequenceGap_isRefused"),
                arguments(
                        doingNothing(name(AppenderSession.class), "reserve"),
                        appends,
                        "sequenceViolation_inGroupCommit_failsOnlyOneUnit"),
                // Keeps the reservations of a refused unit of work.
                arguments(
                        without(name(AppenderSession.class), "reserve", "forEach"),
                        appends,
                        "append_withLaterSequenceGap_appendsNothing"),
                // Fails all units of a group for a violation by one of them.
                arguments(
                        saying(name(AppendErrorType.class), "<clinit>", "23", "99"),
                        appends,
                        "violationDetectedByDatabase_failsOnlyOneUnit"),
                // Takes more positions than there are events.
                arguments(
                        append("position = position + ?", "position = position + 2 * ?"),
                        appends,
                        "positions_underFiftyAppenders_haveNoGaps"),
                // Uses the clock even if it went back.
                arguments(append(") >= recorded_at", ") >= 'epoch'"), appends, "recordedAt_ifClockIsBehind_increases"),
                // Doesn't check whether the generation is over.
                arguments(append("generation = ?", "generation >= ?"), appends, "append_ofDeposedGeneration_isRefused"),
                // Doesn't check whether the epoch is over.
                arguments(append("WHERE epoch = ?", "WHERE epoch >= ?"), appends, "append_ofEarlierEpoch_isRefused"),
                // Claims the store before the lease of a live owner has ended.
                arguments(
                        saying(
                                name(ClaimRows.class),
                                "claimAll",
                                "lease_until <= clock_timestamp()",
                                "lease_until IS NOT NULL"),
                        appends,
                        "claim_whileOwnerIsAlive_takesNothing"),
                arguments(
                        saying(
                                name(HeadRows.class),
                                "claim",
                                "lease_until <= clock_timestamp()",
                                "lease_until IS NOT NULL"),
                        appends,
                        "takeover_whileLeaseOfHeadLasts_isRefused"),
                // Answers without an append for as long as nothing was heard of another owner.
                arguments(
                        returning(name(AppenderSession.class), "isValid", true),
                        SingleWriterAppenderTest.class,
                        "ownership_withoutRenewal_endsBeforeLease"),
                // Claims the store while work of an earlier claim goes on.
                arguments(
                        returning(name(StoreOwnership.class), "isWorkInProgress", false),
                        SingleWriterAppenderTest.class,
                        "deposedWriter_claimsStoreAgain_afterItsWorkHasEnded"),
                // Takes the last known fact for the last one, although another node has appended.
                arguments(
                        doingNothing(name(HeadPoller.class), "pollSoon"),
                        SingleWriterAppenderTest.class,
                        "head_afterAppendOfOtherNode_includesItsFact"),
                // Reads one table only.
                arguments(
                        saying(
                                name(ShardEventReader.class),
                                "<clinit>",
                                "store.observations WHERE",
                                "store.observations WHERE false AND"),
                        loads,
                        "shardLoad_withGapWiderThanPage_readsAllEvents"),
                // Doesn't find snapshots.
                arguments(
                        saying(
                                name(ShardEventReader.class),
                                "<clinit>",
                                "store.snapshots WHERE",
                                "store.snapshots WHERE false AND"),
                        loads,
                        "prunedShard_withSnapshot_isLoadedFromSnapshot"),
                arguments(
                        saying(name(SnapshotRows.class), "store", "seq = ?", "seq <= ?"),
                        loads,
                        "snapshot_ofNonDurableEvent_isNotStored"),
                // Treats the remaining events as the whole history.
                arguments(
                        doingNothing(name(ShardPageReader.class), "verifyComplete"),
                        loads,
                        "prunedShard_withoutSnapshot_isNotLoaded"),
                arguments(
                        doingNothing(name(ShardPageReader.class), "verifyEmpty"),
                        loads,
                        "prunedShard_withUnreadableSnapshot_isNotTreatedAsNew"),
                // Doesn't continue the sequence of a shard after the dropped events.
                arguments(
                        saying(name(ShardSequenceReader.class), "last", "SELECT n.seq", "SELECT -1"),
                        loads,
                        "prunedShard_afterRestart_continuesAtNextSequenceNumber"),
                arguments(
                        saying(name(SnapshotRows.class), "store", "snapshots.seq < excluded.seq", "true"),
                        loads,
                        "olderSnapshot_doesNotReplaceNewerSnapshot"),
                // Takes positions before it holds the head: a late commit is overwritten or skipped.
                arguments(
                        append(
                                "RETURNING position - ? AS base",
                                "RETURNING (SELECT h.position FROM store.head h) + 0 * ? AS base"),
                        streams,
                        "slowAppend_isNotSkippedByStream"),
                // Takes a position that remains empty.
                arguments(
                        append("position = position + ?", "position = 1 + position + ?"),
                        streams,
                        "rolledBackAppend_leavesNoGap"),
                // Treats the remaining observations as all of them.
                arguments(
                        saying(name(CompactionRows.class), "floor", "max(to_position)", "max(0)"),
                        streams,
                        "stream_belowDroppedPartitions_failsAsCompacted"),
                // Reads by windows of positions: a gap as wide as a window ends the stream.
                arguments(
                        saying(
                                name(EventReader.class),
                                "<clinit>",
                                "store.facts WHERE position > ? ORDER BY position LIMIT ?",
                                "store.facts, (SELECT ?::bigint AS a, ?::bigint AS n) w"
                                        + " WHERE position > a AND position <= a + n ORDER BY position"),
                        streams,
                        "stream_withGapWiderThanPage_continues"),
                // Reads events out of order, or ignores the notifications of new ones.
                arguments(
                        saying(name(EventReader.class), "<clinit>", "ORDER BY position", "ORDER BY position DESC"),
                        streams,
                        "stream_duringFiftyConcurrentAppenders_skipsNothing"),
                arguments(
                        doingNothing(name(PagedEventStream.class), "headReached"),
                        streams,
                        "stream_readsAppendsOfOtherProcesses"),
                arguments(
                        doingNothing(name(PagedEventStream.class), "headReached"),
                        streams,
                        "stream_afterAppend_notifiesAvailability"),
                // Reads events of a newer version as if it knew them.
                arguments(
                        returning(name(WireTypeRegistry.class), "isNewer", false),
                        streams,
                        "newerRevision_stopsStreamAfterLastKnownEvent"),
                // Accepts a late statement of a broken connection.
                arguments(
                        saying(name(HeadRows.class), "resume", "epoch = epoch + 1", "epoch = epoch"),
                        PostgresOutageTest.class,
                        "lateStatement_ofEarlierEpoch_appendsNothing"),
                arguments(
                        saying(
                                name(NodeRows.class),
                                "resume",
                                "generation = nextval('store.generations'),",
                                "generation = generation,"),
                        PostgresOutageTest.class,
                        "lateStatement_ofEarlierEpoch_appendsNothing"),
                // Acknowledges events that no commit has made durable.
                arguments(
                        passing(name(AppenderSession.class), "resume", "setAutoCommit", false),
                        PostgresOutageTest.class,
                        "acknowledgedAppends_acrossOutages_areStoredExactlyOnce"),
                // Doesn't report its outages: no lease would be extended.
                arguments(
                        without(name(SingleWriterAppender.class), "recover", "notifyOutage"),
                        PostgresOutageTest.class,
                        "writer_afterLostConnection_reportsOutageAndRecovery"),
                arguments(
                        without(name(SingleWriterAppender.class), "write", "notifyOutage"),
                        PostgresOutageTest.class,
                        "deposedWriter_reportsOutageBeforeDeposition"),
                // Reconnects without a pause.
                arguments(
                        without(name(SingleWriterAppender.class), "recover", "backOff"),
                        PostgresOutageTest.class,
                        "append_ifRefusedRepeatedly_isRetriedWithBackOff"),
                // Appends the event of a write without its idempotency key.
                arguments(
                        doingNothing(name(UnitOfWorkIdempotencyKeys.class), "attach"),
                        keys,
                        "idempotencyKey_isDurableWithUnitOfWorkAtPositionOfEvent"),
                // Ignores a duplicate idempotency key.
                arguments(
                        append("request_hash, outcome))", "request_hash, outcome) ON CONFLICT DO NOTHING)"),
                        keys,
                        "duplicateIdempotencyKey_inGroupCommit_failsOnlyOneUnit"),
                // Doesn't look an idempotency key up.
                arguments(
                        saying(name(IdempotencyRows.class), "find", "principal = ?", "false AND principal = ?"),
                        keys,
                        "duplicateIdempotencyKey_isRefusedAndWriterContinues"),
                // Never lets an idempotency key expire.
                arguments(
                        saying(name(IdempotencyRows.class), "find", "recorded_at <= ", "'epoch' > "),
                        keys,
                        "idempotencyKey_afterRetention_isReusable"),
                // Trusts no type in a token, like Axon's own serializer.
                arguments(
                        saying(name(TrackingTokenJson.class), "serializer", "org.axonframework.", "nobody."),
                        TrackingTokenTest.class,
                        "replayToken_isReadBack"));
    }

    private static Mutation eager() {
        return returning(name(UnitOfWorkAppender.class), "isWithinUnitOfWork", false);
    }

    private static Mutation append(String words, String others) {
        return saying(name(AppendRows.class), "append", words, others);
    }

    private static String name(Class<?> type) {
        return type.getName();
    }
}
