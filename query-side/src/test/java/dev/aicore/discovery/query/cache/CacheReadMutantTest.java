package dev.aicore.discovery.query.cache;

import static dev.aicore.discovery.config.testing.Mutation.returning;
import static dev.aicore.discovery.config.testing.Mutation.returningItsFirst;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.aicore.discovery.config.testing.Mutants;
import dev.aicore.discovery.config.testing.Mutation;
import dev.aicore.discovery.query.instance.ServiceInstances;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each reason to turn to PostgreSQL is taken away, and the test named after it must fail. */
@Tag("mutant")
class CacheReadMutantTest {

    static Stream<Arguments> protections() {
        var reads = DiscoverFromRedisTest.class;
        var cache = RedisCache.class.getName();
        return Stream.of(
                // Answers whatever the cache says, and be it nothing.
                arguments(
                        returningItsFirst(ServiceInstances.class.getName(), "otherwise"),
                        reads,
                        "aMissingDocumentIsNoAnswer"),
                arguments(
                        returningItsFirst(ServiceInstances.class.getName(), "otherwise"),
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
                        returning(ServiceInstances.class.getName(), "suffices", true),
                        reads,
                        "whoWantsALaterPositionIsAnsweredByPostgres"));
    }

    @ParameterizedTest
    @MethodSource("protections")
    void isNoticed(Mutation mutation, Class<?> testClass, String test) {
        Mutants.assertNoticed(mutation, testClass, test);
    }
}
