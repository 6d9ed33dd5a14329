package dev.aicore.discovery.query.cache;

import static dev.aicore.discovery.config.testing.Mutation.returning;
import static dev.aicore.discovery.config.testing.Mutation.returningItsFirst;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.aicore.discovery.config.testing.MutantContract;
import dev.aicore.discovery.query.instance.ServiceInstanceLookup;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Removes each reason to read PostgreSQL instead, and verifies that the named test then fails. */
class CacheReadMutantTest extends MutantContract {

    static Stream<Arguments> protections() {
        var reads = DiscoverFromRedisTest.class;
        var cache = RedisServiceCache.class.getName();
        return Stream.of(
                // Returns whatever the cache returns, even nothing.
                arguments(
                        returningItsFirst(ServiceInstanceLookup.class.getName(), "orElse"),
                        reads,
                        "missingDocument_isReadFromPostgres"),
                arguments(
                        returningItsFirst(ServiceInstanceLookup.class.getName(), "orElse"),
                        reads,
                        "tombstoneDocument_isReadFromPostgres"),
                // Doesn't check to which store a document belongs.
                arguments(returning(cache, "isOf", true), reads, "documentOfOtherStore_isReadFromPostgres"),
                // Doesn't check whether the store has the document's position.
                arguments(returning(cache, "isIncluded", true), reads, "documentOfLostEvents_isReadFromPostgres"),
                // Doesn't check the age.
                arguments(
                        returning(cache, "isFresh", true),
                        reads,
                        "unconfirmedDocument_beyondMaxAge_isReadFromPostgres"),
                // Doesn't check the position.
                arguments(
                        returning(ServiceInstanceLookup.class.getName(), "isRecentEnough", true),
                        reads,
                        "minPosition_beyondDocument_isReadFromPostgres"));
    }
}
