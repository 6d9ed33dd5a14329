package dev.aicore.discovery.query.snapshot;

import static dev.aicore.discovery.config.testing.Mutation.returning;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.aicore.discovery.config.testing.MutantContract;
import dev.aicore.discovery.query.watching.ChangeTracker;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Each reason not to believe memory is taken away, and the test named after it must fail. */
class SnapshotMutantTest extends MutantContract {

    static Stream<Arguments> protections() {
        var memory = SnapshotServiceTest.class;
        var changes = ChangeTracker.class.getName();
        var snapshots = SnapshotService.class.getName();
        return Stream.of(
                // Doesn't ask what has changed.
                arguments(returning(changes, "needed", 0L), memory, "aChangeEndsWhatWasKeptOfItsServiceOnly"),
                // Takes the last look for the present, however old it is.
                arguments(returning(changes, "isFresh", true), memory, "whatNobodyConfirmsIsMarked"),
                // Takes what was seen to change for what is so still.
                arguments(returning(snapshots, "isConfirmed", true), memory, "whatIsKnownToHaveChangedSinceIsMarked"),
                // Keeps for ever.
                arguments(returning(snapshots, "isOlder", false), memory, "nothingIsKeptForLongerThanTheSettingSays"),
                // Tells what is too old.
                arguments(
                        returning(snapshots, "isTooOld", false),
                        memory,
                        "withBothStoresAwayWhatWasKnownIsToldWithItsAgeUpToALimit"));
    }
}
