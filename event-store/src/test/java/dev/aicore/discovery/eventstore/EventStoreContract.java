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
 * Base of the suites of guarantees that users of the event store rely on. Each suite runs on the real store, and
 * {@link EventStoreMutantTest} proves that the suite fails on a broken one.
 */
@Tag("integration")
abstract class EventStoreContract {

    static final int SECONDS = 20;

    TestStore store;

    /** Returns an empty store with a running appender. */
    abstract TestStore open();

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        // With a broken store a test may fail within a unit of work; the thread is used by other tests afterwards.
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

    /** Returns the next {@code count} events of a stream; fewer if they don't arrive in time. */
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
