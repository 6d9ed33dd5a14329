package dev.aicore.discovery.query.watching;

import static dev.aicore.discovery.config.testing.Mutation.returning;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.aicore.discovery.config.testing.MutantContract;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Removes each protection of streams, and verifies that the named test then fails. */
class WatchMutantTest extends MutantContract {

    static Stream<Arguments> protections() {
        return Stream.of(
                // Takes the readable position for the one that was sent.
                arguments(
                        returning(WatchSession.class.getName(), "isBehind", false),
                        WatchSessionTest.class,
                        "bookmark_withUnreadPages_skipsNoChanges"),
                // Ends streams at the timeout of other responses.
                arguments(
                        returning("dev.aicore.discovery.web.ResponseTimeoutFilter", "isStreaming", false),
                        LongWatchTest.class,
                        "stream_beyondRequestTimeout_continues"));
    }
}
