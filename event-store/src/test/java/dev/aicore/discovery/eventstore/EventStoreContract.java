package dev.aicore.discovery.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.testing.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/**
 * What everything that stands on the event store relies on. Each suite of it runs on the real store, and
 * {@link EventStoreMutantTest} proves that it fails on a broken one.
 */
@Tag("integration")
abstract class EventStoreContract {

    static final int SECONDS = 20;

    TestStore store;

    /** An empty store that is being written to. */
    abstract TestStore open();

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        // A broken store fails a test in the middle of one; the thread goes on to other tests.
        while (CurrentUnitOfWork.isStarted()) {
            CurrentUnitOfWork.get().rollback();
        }
        store.close();
    }

    TestPostgres postgres() {
        return store.postgres;
    }

    long position() {
        return postgres().number("SELECT position FROM store.head");
    }

    /** The next so many events of a stream; fewer if they don't come. */
    static List<TrackedEventMessage<?>> take(TrackingEventStream stream, int count) {
        var taken = new ArrayList<TrackedEventMessage<?>>();
        try {
            while (taken.size() < count && stream.hasNextAvailable(SECONDS, TimeUnit.SECONDS)) {
                taken.add(stream.nextAvailable());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return taken;
    }

    static void assertPositions(List<TrackedEventMessage<?>> events, long from, long to) {
        assertThat(events)
                .extracting(event -> PositionTokens.of(event.trackingToken()))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(from, to).boxed().toList());
    }
}
