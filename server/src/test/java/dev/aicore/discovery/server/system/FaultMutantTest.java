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

/** Removes each protection from the server's process; the test of that protection must fail. */
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
                // Answers the client correctly, but reports a failure of the shard to the framework.
                arguments(ThrownRefusalMutant.mutation(), RefusalTest.class, "refusals_loadNoShardAndWriteNoFact"),
                // Lets leases run while the registry can't receive heartbeats yet.
                arguments(
                        without(COLLECTOR + "LeaseExpirer", "watch", "scheduleExtension"),
                        RestartTest.class,
                        "leases_afterLongDowntime_expireOnlySilentInstanceAfterFullTtl"),
                // Takes a pause of the registry for silence of all instances.
                arguments(
                        returningNull(COLLECTOR + "PauseDetector", "check"),
                        StandstillTest.class,
                        "standstill_longerThanTtl_expiresOnlySilentInstances"),
                // Acknowledges writes that aren't durable.
                arguments(lazyCommits, PostgresAwayTest.class, "postgresOutage_returns503AndLosesNoAcknowledgedWrite"),
                arguments(lazyCommits, KillLedgerTest.class, "acknowledgedWrites_afterKills_existExactlyOnce"));
    }
}
