package dev.aicore.discovery.query.watching;

import static dev.aicore.discovery.config.testing.Mutation.returning;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.aicore.discovery.config.testing.MutantContract;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What keeps a stream whole is taken away, and the test named after it must fail. */
class WatchMutantTest extends MutantContract {

    static Stream<Arguments> protections() {
        return Stream.of(
                // Takes what can be read for what was told.
                arguments(
                        returning(WatchSession.class.getName(), "isBehind", false),
                        WatchSessionTest.class,
                        "aBookmarkPassesOverNothingThatIsStillToBeRead"),
                // Has streams end like other answers.
                arguments(
                        returning("dev.aicore.discovery.web.ResponseTimeoutFilter", "isStreaming", false),
                        LongWatchTest.class,
                        "aStreamOutlivesTheDeadlineOfAnswers"));
    }
}
