package dev.aicore.discovery.projection.publishing;

import static dev.aicore.discovery.config.testing.Mutation.returning;
import static dev.aicore.discovery.config.testing.Mutation.saying;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.aicore.discovery.config.testing.MutantContract;
import dev.aicore.discovery.config.testing.Mutation;
import dev.aicore.discovery.readmodel.redis.DocumentHeader;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Each protection of the documents is taken away, and the test named after it must fail. */
class CacheMutantTest extends MutantContract {

    static Stream<Arguments> protections() {
        var documents = RedisDocumentStoreTest.class;
        var reconciler = ReconcilerTest.class;
        return Stream.of(
                // Takes whatever comes last for the newest.
                arguments(
                        script("write", "position < newest", "false"),
                        documents,
                        "anOlderDocumentNeverReplacesANewerOne"),
                arguments(
                        script("write", "position < newest", "false"),
                        documents,
                        "aTombstoneIsKeptForAWhileAndTheLateDontResurrect"),
                // Looks at the document, but not at the last comparison.
                arguments(
                        script("write", "tonumber(compared)", "0"),
                        documents,
                        "whatIsOlderThanTheLastComparisonComesTooLate"),
                // Compares positions of different stores.
                arguments(
                        script("write", "if kept == store then", "if kept then"),
                        documents,
                        "whatComesFromAnotherStoreIsReplacedWhateverItsPosition"),
                // Writes into a cache that nobody has compared.
                arguments(
                        script("write", "if store ~= ARGV[1] then", "if false then"),
                        documents,
                        "withoutAnEpochOfTheStoreNothingIsWritten"),
                // Confirms what was flushed meanwhile.
                arguments(
                        script("confirm", "or mark ~= ARGV[2]", ""), documents, "anEpochThatWasFlushedIsNotConfirmed"),
                // Believes that a document is right because it is there.
                arguments(returning(Reconciler.class.getName(), "differs", false), reconciler, "driftIsMended"),
                // Takes what has gone for what was never there.
                arguments(
                        returning(DocumentHeader.class.getName(), "isTombstone", true),
                        reconciler,
                        "documentsOfServicesThatHaveGoneAreTakenBack"),
                // Keeps all that it is told of.
                arguments(
                        returning(ChangedServiceQueue.class.getName(), "hasCapacity", true),
                        ChangedServiceQueueTest.class,
                        "whatFindsNoRoomIsRememberedAsSuch"));
    }

    private static Mutation script(String name, String words, String others) {
        return saying(RedisScripts.class.getName(), name, words, others);
    }
}
