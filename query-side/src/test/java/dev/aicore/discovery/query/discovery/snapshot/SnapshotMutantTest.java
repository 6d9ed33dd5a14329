package dev.aicore.discovery.query.discovery.snapshot;

import static dev.aicore.discovery.config.testing.Mutation.returning;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.aicore.discovery.config.testing.MutantContract;
import dev.aicore.discovery.query.watching.ChangeTracker;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Removes each reason to distrust a cached snapshot, and verifies that the named test then fails. */
class SnapshotMutantTest extends MutantContract {

    static Stream<Arguments> protections() {
        var memory = SnapshotServiceTest.class;
        var changes = ChangeTracker.class.getName();
        var snapshots = SnapshotService.class.getName();
        return Stream.of(
                // Doesn't check what has changed.
                arguments(
                        returning(changes, "minReadPosition", 0L),
                        memory,
                        "change_invalidatesSnapshotOfOwnServiceOnly"),
                // Treats the last poll as current, regardless of its age.
                arguments(returning(changes, "isFresh", true), memory, "unconfirmedSnapshot_isMarkedStale"),
                // Treats changed services as confirmed.
                arguments(
                        returning(snapshots, "isConfirmed", true),
                        memory,
                        "redisDocument_beforeKnownChange_isMarkedStale"),
                // Caches without a time limit.
                arguments(returning(snapshots, "isOlder", false), memory, "snapshot_beyondCacheTtl_isReadAgain"),
                // Returns snapshots that are too old.
                arguments(
                        returning(snapshots, "isTooOld", false),
                        memory,
                        "snapshot_duringOutageOfBothStores_isServedUpToStaleLimit"));
    }
}
