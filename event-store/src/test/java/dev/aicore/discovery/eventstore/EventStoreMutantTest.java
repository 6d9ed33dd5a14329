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

/** Each protection of the event store is taken away, and the test named after it must fail. */
class EventStoreMutantTest extends MutantContract {

    static Stream<Arguments> protections() {
        var appends = PostgresAppendTest.class;
        var loads = PostgresShardLoadTest.class;
        var streams = PostgresStreamTest.class;
        var keys = PostgresIdempotencyTest.class;
        return Stream.of(
                // Appends what may still be rolled back.
                arguments(eager(), appends, "oneUnitOfWorkIsOneAppend"),
                arguments(eager(), appends, "aNestedUnitOfWorkBelongsToItsRoot"),
                arguments(eager(), appends, "aFailureOfALaterHandlerAppendsNothing"),
                arguments(eager(), appends, "aFailureOfALaterHandlerOfTheCommitAppendsNothing"),
                // Believes whatever sequence number it is given.
                arguments(doingNothing(name(AppenderSession.class), "reserve"), appends, "aGapInASequenceIsRefused"),
                arguments(doingNothing(name(AppenderSession.class), "reserve"), appends, "aViolationFailsOnlyItsUnit"),
                // Keeps what a refused unit had reserved.
                arguments(
                        without(name(AppenderSession.class), "reserve", "forEach"),
                        appends,
                        "aUnitThatIsWrongFurtherOnTakesNothing"),
                // Lets the innocent fail with the guilty.
                arguments(
                        saying(name(AppendErrorType.class), "<clinit>", "23", "99"),
                        appends,
                        "aViolationThatTheDatabaseFindsFailsOnlyItsUnit"),
                // Takes more positions than it has events.
                arguments(
                        append("position = position + ?", "position = position + 2 * ?"),
                        appends,
                        "positionsHaveNoGapsUnderFiftyAppenders"),
                // Believes its clock.
                arguments(append(") >= recorded_at", ") >= 'epoch'"), appends, "recordingTimesNeverGoBack"),
                // Doesn't ask whether its epoch is over.
                arguments(append("WHERE epoch = ?", "WHERE epoch >= ?"), appends, "aDeposedWriterIsRefused"),
                // Takes the store from the living.
                arguments(
                        saying(
                                name(HeadRows.class),
                                "claim",
                                "lease_until <= clock_timestamp()",
                                "lease_until IS NOT NULL"),
                        appends,
                        "aLiveWriterIsNotDeposed"),
                // Reads one table only.
                arguments(
                        saying(
                                name(ShardEventReader.class),
                                "<clinit>",
                                "store.observations WHERE",
                                "store.observations WHERE false AND"),
                        loads,
                        "holesOfOneTableWiderThanAPageAreNoEnd"),
                // Forgets its snapshots.
                arguments(
                        saying(
                                name(ShardEventReader.class),
                                "<clinit>",
                                "store.snapshots WHERE",
                                "store.snapshots WHERE false AND"),
                        loads,
                        "aPrunedShardIsLoadedFromItsSnapshot"),
                arguments(
                        saying(name(SnapshotRows.class), "store", "seq = ?", "seq <= ?"),
                        loads,
                        "whatIsNotDurableIsNotSnapshot"),
                // Takes what is left for the whole.
                arguments(
                        doingNothing(name(ShardPageReader.class), "verifyComplete"),
                        loads,
                        "aPrunedShardWithoutSnapshotIsNotLoaded"),
                arguments(
                        doingNothing(name(ShardPageReader.class), "verifyEmpty"),
                        loads,
                        "aShardOfWhichOnlyAnUnreadableSnapshotIsLeftIsNotTakenForANewOne"),
                // Forgets that a shard goes on after what was dropped.
                arguments(
                        saying(name(ShardSequenceReader.class), "last", "SELECT n.seq", "SELECT -1"),
                        loads,
                        "aPrunedShardGoesOnWhereItWas"),
                arguments(
                        saying(name(SnapshotRows.class), "store", "snapshots.seq < excluded.seq", "true"),
                        loads,
                        "anOlderSnapshotDoesNotReplaceANewerOne"),
                // Takes positions before it holds the head: what commits late is overwritten, or skipped.
                arguments(
                        append(
                                "RETURNING position - ? AS base",
                                "RETURNING (SELECT h.position FROM store.head h) + 0 * ? AS base"),
                        streams,
                        "aSlowAppendIsNotSkipped"),
                // Takes a position that stays empty.
                arguments(
                        append("position = position + ?", "position = 1 + position + ?"),
                        streams,
                        "aRolledBackAppendLeavesNoGap"),
                // Takes what is left of the observations for all that there was.
                arguments(
                        saying(name(CompactionRows.class), "floor", "max(to_position)", "max(0)"),
                        streams,
                        "whatIsGoneIsNotPassedOver"),
                // Reads by windows of positions: a hole as wide as one is the end.
                arguments(
                        saying(
                                name(EventReader.class),
                                "<clinit>",
                                "store.facts WHERE position > ? ORDER BY position LIMIT ?",
                                "store.facts, (SELECT ?::bigint AS a, ?::bigint AS n) w"
                                        + " WHERE position > a AND position <= a + n ORDER BY position"),
                        streams,
                        "holesWiderThanAPageAreNoEnd"),
                // Takes the position that was told for the position that was read.
                arguments(
                        saying(name(EventReader.class), "<clinit>", "ORDER BY position", "ORDER BY position DESC"),
                        streams,
                        "nothingIsSkippedWhileFiftyAppend"),
                arguments(doingNothing(name(PagedEventStream.class), "reached"), streams, "whatOthersAppendIsSeen"),
                arguments(doingNothing(name(PagedEventStream.class), "reached"), streams, "availabilityIsTold"),
                // Reads what it doesn't know as if it did.
                arguments(
                        returning(name(WireTypeRegistry.class), "isNewer", false),
                        streams,
                        "aNewerEventStopsTheReaderBehindWhatItUnderstands"),
                // A statement of a connection that broke is as good as any.
                arguments(
                        saying(name(HeadRows.class), "resume", "epoch = epoch + 1", "epoch = epoch"),
                        PostgresOutageTest.class,
                        "aStatementOfABrokenConnectionComesTooLate"),
                // Acknowledges what no commit has made durable.
                arguments(
                        passing(name(AppenderSession.class), "open", "setAutoCommit", false),
                        PostgresOutageTest.class,
                        "nothingAcknowledgedIsLostOrDoubled"),
                // Keeps its outages to itself: no lease would get a grace.
                arguments(
                        without(name(SingleWriterAppender.class), "recover", "notifyOutage"),
                        PostgresOutageTest.class,
                        "theLaneTellsOfItsOutageAndRecovers"),
                arguments(
                        without(name(SingleWriterAppender.class), "run", "notifyOutage"),
                        PostgresOutageTest.class,
                        "theLaneTellsOfItsOutageBeforeItIsDeposed"),
                // Insists.
                arguments(
                        without(name(SingleWriterAppender.class), "recover", "backOff"),
                        PostgresOutageTest.class,
                        "anAppendThatIsRefusedAgainAndAgainIsTriedEverMoreRarely"),
                // Appends the event of a write, and leaves its key for another time.
                arguments(
                        doingNothing(name(UnitOfWorkIdempotencyKeys.class), "attach"),
                        keys,
                        "aKeyBecomesDurableWithItsUnitOfWorkAndNamesItsEvent"),
                // Takes a key that is there for a detail.
                arguments(
                        append("request_hash, outcome))", "request_hash, outcome) ON CONFLICT DO NOTHING)"),
                        keys,
                        "ofTwoUnitsOfAGroupWithOneKeyOneLandsAndTheOthersDontSuffer"),
                // Doesn't look a key up.
                arguments(
                        saying(name(IdempotencyRows.class), "find", "principal = ?", "false AND principal = ?"),
                        keys,
                        "aKeyThatIsThereFailsItsUnitAndTheLaneGoesOn"),
                // Keeps a key for ever.
                arguments(
                        saying(name(IdempotencyRows.class), "find", "recorded_at <= ", "'epoch' > "),
                        keys,
                        "aKeyThatWasKeptForItsTimeCountsAsUnused"),
                // Trusts no type in a token, as Axon's own serializer does.
                arguments(
                        saying(name(TrackingTokenJson.class), "serializer", "org.axonframework.", "nobody."),
                        TrackingTokenTest.class,
                        "aProcessorThatWasResetReadsItsTokenBack"));
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
