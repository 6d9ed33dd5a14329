package dev.aicore.discovery.projection.cache;

import static dev.aicore.discovery.config.testing.Mutation.returning;
import static dev.aicore.discovery.config.testing.Mutation.saying;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.aicore.discovery.config.testing.MutantContract;
import dev.aicore.discovery.config.testing.Mutation;
import dev.aicore.discovery.readmodel.cache.DocumentHeader;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Removes each protection of the documents; the test of that protection must fail. */
class CacheMutantTest extends MutantContract {

    static Stream<Arguments> protections() {
        var documents = RedisDocumentStoreTest.class;
        var reconciler = ReconcilerTest.class;
        return Stream.of(
                // Takes the last document for the newest.
                arguments(script("position < newest", "false"), documents, "olderDocument_doesNotReplaceNewer"),
                arguments(
                        script("position < newest", "false"),
                        documents,
                        "tombstone_expiresLaterAndRefusesOlderDocuments"),
                // Checks the document, but not the last comparison.
                arguments(script("tonumber(compared)", "0"), documents, "document_olderThanLastConfirmation_isRefused"),
                // Compares positions of different stores.
                arguments(
                        script("if kept == store then", "if kept then"),
                        documents,
                        "documentOfOtherStore_isReplacedRegardlessOfPosition"),
                // Writes into a cache that was never compared.
                arguments(
                        script("if store ~= ARGV[1] then", "if false then"),
                        documents,
                        "write_withoutEpochOfStore_isRefused"),
                // Confirms an epoch that was flushed meanwhile.
                arguments(script("or mark ~= ARGV[2]", ""), documents, "flushedEpoch_isNotConfirmed"),
                // Takes every existing document for correct.
                arguments(returning(Reconciler.class.getName(), "differs", false), reconciler, "drift_isCorrected"),
                // Takes documents of lost events for the newest.
                arguments(
                        returning(Reconciler.class.getName(), "isAnyBeyond", false),
                        reconciler,
                        "documents_ofLostEvents_areReplaced"),
                // Treats a departed service as one that never existed.
                arguments(
                        returning(DocumentHeader.class.getName(), "isTombstone", true),
                        reconciler,
                        "documents_ofRemovedServices_becomeTombstones"),
                // Queues services without a bound.
                arguments(
                        returning(ChangedServiceQueue.class.getName(), "hasCapacity", true),
                        ChangedServiceQueueTest.class,
                        "fullQueue_reportsOverflowOnce"));
    }

    /** Replaces words of the one script that contains them. */
    private static Mutation script(String words, String others) {
        return saying(RedisScripts.class.getName(), "<clinit>", words, others);
    }
}
