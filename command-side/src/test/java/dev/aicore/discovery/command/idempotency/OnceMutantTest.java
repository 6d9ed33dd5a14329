package dev.aicore.discovery.command.idempotency;

import static dev.aicore.discovery.config.testing.Mutation.doingNothing;
import static dev.aicore.discovery.config.testing.Mutation.returning;

import dev.aicore.discovery.config.testing.Mutants;
import dev.aicore.discovery.config.testing.Mutation;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each protection of a key is taken away, and the test named after it must fail. */
@Tag("mutant")
class OnceMutantTest {

    static Stream<Arguments> protections() {
        return Stream.of(
                Arguments.of(returning(Once.class.getName(), "isSame", true), "aKeyOfAnotherRequestIsRefused"),
                Arguments.of(
                        doingNothing(InFlight.class.getName(), "begin"), "aKeyUnderWayIsRefusedUntilItsWriteIsDone"),
                Arguments.of(doingNothing(InFlight.class.getName(), "end"), "aWriteThatFailsLeavesTheKeyFree"));
    }

    @ParameterizedTest
    @MethodSource("protections")
    void isNoticed(Mutation mutation, String test) {
        Mutants.assertNoticed(mutation, OnceTest.class, test);
    }
}
