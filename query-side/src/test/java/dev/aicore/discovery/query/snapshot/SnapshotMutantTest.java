package dev.aicore.discovery.query.snapshot;

import static dev.aicore.discovery.config.testing.Mutation.returning;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.aicore.discovery.config.testing.Mutants;
import dev.aicore.discovery.config.testing.Mutation;
import dev.aicore.discovery.query.watching.LastChanges;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each reason not to believe memory is taken away, and the test named after it must fail. */
@Tag("mutant")
class SnapshotMutantTest {

    static Stream<Arguments> protections() {
        var memory = SnapshotsTest.class;
        var changes = LastChanges.class.getName();
        var snapshots = Snapshots.class.getName();
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
                        returning(snapshots, "isTooOldToTell", false),
                        memory,
                        "withBothStoresAwayWhatWasKnownIsToldWithItsAgeUpToALimit"));
    }

    @ParameterizedTest
    @MethodSource("protections")
    void isNoticed(Mutation mutation, Class<?> testClass, String test) {
        Mutants.assertNoticed(mutation, testClass, test);
    }
}
