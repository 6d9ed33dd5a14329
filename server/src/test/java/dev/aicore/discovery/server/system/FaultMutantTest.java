package dev.aicore.discovery.server.system;

import static dev.aicore.discovery.config.testing.Mutation.returningNull;
import static dev.aicore.discovery.config.testing.Mutation.saying;
import static dev.aicore.discovery.config.testing.Mutation.without;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.aicore.discovery.config.testing.MutantContract;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.Arguments;

/** Each protection of the running system is taken away from the server's process, and the test named after it must fail. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FaultMutantTest extends MutantContract {

    private static final String COLLECTOR = "dev.aicore.discovery.command.batching.";

    static Stream<Arguments> protections() {
        var lazyCommits = saying(
                "dev.aicore.discovery.embedded.postgres.Postmaster",
                "<clinit>",
                "synchronous_commit=on",
                "synchronous_commit=off");
        return Stream.of(
                // Tells the client what it asked for, and the framework that the shard is broken.
                arguments(
                        ThrownRefusalMutant.mutation(),
                        RefusalTest.class,
                        "tenThousandRefusalsLoadNoShardAndWriteNothing"),
                // Lets leases run while nobody can be heard yet.
                arguments(
                        without(COLLECTOR + "LeaseExpirer", "watch", "scheduleExtension"),
                        RestartTest.class,
                        "whoComesBackIsNotExpiredAndWhoStaysAwayGoesAFullTtlAfterTheRegistryCouldHearIt"),
                // Takes its own standing still for everybody else's.
                arguments(
                        returningNull(COLLECTOR + "PauseDetector", "check"),
                        StandstillTest.class,
                        "aStandstillLongerThanTheTtlExpiresNobodyWhoLives"),
                // Acknowledges what is in memory.
                arguments(lazyCommits, PostgresAwayTest.class, "clientsAreToldToComeBackAndNothingAcknowledgedIsLost"),
                arguments(lazyCommits, KillLedgerTest.class, "whatWasAcknowledgedIsThereAndOnce"));
    }
}
