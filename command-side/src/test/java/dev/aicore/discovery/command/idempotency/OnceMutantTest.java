package dev.aicore.discovery.command.idempotency;

import static dev.aicore.discovery.config.testing.Mutation.doingNothing;
import static dev.aicore.discovery.config.testing.Mutation.returning;

import dev.aicore.discovery.config.testing.MutantContract;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Each protection of a key is taken away, and the test named after it must fail. */
class OnceMutantTest extends MutantContract {

    static Stream<Arguments> protections() {
        return Stream.of(
                Arguments.of(
                        returning(Once.class.getName(), "isSame", true),
                        OnceTest.class,
                        "aKeyOfAnotherRequestIsRefused"),
                Arguments.of(
                        doingNothing(InFlight.class.getName(), "begin"),
                        OnceTest.class,
                        "aKeyUnderWayIsRefusedUntilItsWriteIsDone"),
                Arguments.of(
                        doingNothing(InFlight.class.getName(), "end"),
                        OnceTest.class,
                        "aWriteThatFailsLeavesTheKeyFree"));
    }
}
