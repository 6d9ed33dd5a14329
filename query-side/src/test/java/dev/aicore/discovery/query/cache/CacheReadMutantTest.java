package dev.aicore.discovery.query.cache;

import static dev.aicore.discovery.config.testing.Mutation.returning;
import static dev.aicore.discovery.config.testing.Mutation.returningItsFirst;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.aicore.discovery.config.testing.MutantContract;
import dev.aicore.discovery.query.instance.ServiceInstanceLookup;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Each reason to turn to PostgreSQL is taken away, and the test named after it must fail. */
class CacheReadMutantTest extends MutantContract {

    static Stream<Arguments> protections() {
        var reads = DiscoverFromRedisTest.class;
        var cache = RedisServiceCache.class.getName();
        return Stream.of(
                // Answers whatever the cache says, and be it nothing.
                arguments(
                        returningItsFirst(ServiceInstanceLookup.class.getName(), "otherwise"),
                        reads,
                        "aMissingDocumentIsNoAnswer"),
                arguments(
                        returningItsFirst(ServiceInstanceLookup.class.getName(), "otherwise"),
                        reads,
                        "aTombstoneIsNoAnswer"),
                // Doesn't ask whose document it is.
                arguments(returning(cache, "isOf", true), reads, "aDocumentOfAnotherStoreIsNoAnswer"),
                // Doesn't ask how old it is.
                arguments(
                        returning(cache, "isFresh", true),
                        reads,
                        "aDocumentThatNobodyHasConfirmedForTooLongIsNoAnswer"),
                // Doesn't ask how far it is.
                arguments(
                        returning(ServiceInstanceLookup.class.getName(), "suffices", true),
                        reads,
                        "whoWantsALaterPositionIsAnsweredByPostgres"));
    }
}
