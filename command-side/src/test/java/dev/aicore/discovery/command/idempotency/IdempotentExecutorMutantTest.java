package dev.aicore.discovery.command.idempotency;

import static dev.aicore.discovery.config.testing.Mutation.doingNothing;
import static dev.aicore.discovery.config.testing.Mutation.returning;

import dev.aicore.discovery.config.testing.MutantContract;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Removes each protection of idempotency keys; the test that belongs to it must fail. */
class IdempotentExecutorMutantTest extends MutantContract {

    static Stream<Arguments> protections() {
        return Stream.of(
                Arguments.of(
                        returning(IdempotentExecutor.class.getName(), "isSame", true),
                        IdempotentExecutorTest.class,
                        "run_withKeyOfDifferentRequest_isRefused"),
                Arguments.of(
                        doingNothing(InFlightKeys.class.getName(), "begin"),
                        IdempotentExecutorTest.class,
                        "run_withKeyInFlight_isRefusedUntilWriteCompletes"),
                Arguments.of(
                        doingNothing(InFlightKeys.class.getName(), "end"),
                        IdempotentExecutorTest.class,
                        "failedWrite_releasesKey"));
    }
}
