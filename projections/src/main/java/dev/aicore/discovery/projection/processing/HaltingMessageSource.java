package dev.aicore.discovery.projection.processing;

import dev.aicore.discovery.projection.processing.ProjectionProcessor.ProjectionException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * Streams facts up to the first that can't be read. Axon would abort all segments there, with foldable facts in their
 * queues, and read the same facts again endlessly. With this source the segments fold all facts before it; then the
 * projection stops and reports the reason.
 */
final class HaltingMessageSource implements StreamableMessageSource<TrackedEventMessage<?>> {

    private final String projection;
    private final StreamableMessageSource<TrackedEventMessage<?>> facts;
    private final DataSource database;
    private final ProjectionFaults projectionFaults;
    private @Nullable Boolean aheadOfStore;

    HaltingMessageSource(
            String projection,
            StreamableMessageSource<TrackedEventMessage<?>> facts,
            DataSource database,
            ProjectionFaults projectionFaults) {
        this.projection = projection;
        this.facts = facts;
        this.database = database;
        this.projectionFaults = projectionFaults;
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
        projectionFaults.clear(ProjectionFaults.STREAM);
        var stream = new HaltingEventStream(facts.openStream(token), projectionFaults);
        if (isAheadOfStore()) {
            stream.end(
                    "ahead_of_store",
                    "The tokens are ahead of the store: the store was restored from a backup. Rebuild all"
                            + " projections together, and restart the server.");
        }
        return stream;
    }

    /**
     * Returns true if the tokens that this node found are beyond the end of the store. Tokens don't get ahead of the
     * store later, so the answer is cached.
     *
     * @throws ProjectionException if the database fails
     */
    synchronized boolean isAheadOfStore() {
        if (aheadOfStore == null) {
            try (var connection = database.getConnection()) {
                aheadOfStore = RestoredStoreRows.isTokenAhead(connection, projection);
            } catch (SQLException e) {
                throw new ProjectionException("Failed to read the tokens of projection " + projection + ".", e);
            }
        }
        return aheadOfStore;
    }

    @Override
    public TrackingToken createTailToken() {
        return facts.createTailToken();
    }

    @Override
    public TrackingToken createHeadToken() {
        return facts.createHeadToken();
    }

    @Override
    public TrackingToken createTokenAt(Instant at) {
        return facts.createTokenAt(at);
    }

    @Override
    public TrackingToken createTokenSince(Duration age) {
        return facts.createTokenSince(age);
    }
}
