package dev.aicore.discovery.eventstore;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Collects the events of a unit of work, and appends them together when nothing can roll the unit back any more.
 *
 * <p>Axon passes events on while handlers that can still fail are running, and perhaps several times.
 */
final class UnitOfWorkAppender {

    private static final String EVENTS = UnitOfWorkAppender.class.getName();

    private final EventAppender eventAppender;

    UnitOfWorkAppender(EventAppender eventAppender) {
        this.eventAppender = eventAppender;
    }

    void collect(List<NewEvent> events) {
        if (isWithinUnitOfWork()) {
            pendingEvents(CurrentUnitOfWork.get().root()).addAll(events);
        } else {
            eventAppender.append(events);
        }
    }

    private static boolean isWithinUnitOfWork() {
        return CurrentUnitOfWork.isStarted();
    }

    private List<NewEvent> pendingEvents(UnitOfWork<?> root) {
        return root.getOrComputeResource(EVENTS, key -> {
            // Registered again while the commit runs, the append follows all callbacks that were registered before the
            // commit.
            root.onCommit(work -> work.onCommit(this::append));
            return new ArrayList<>();
        });
    }

    private void append(UnitOfWork<?> root) {
        List<NewEvent> events = root.getResource(EVENTS);
        root.resources().remove(EVENTS);
        var result = eventAppender.append(events, UnitOfWorkIdempotencyKeys.of(root));
        if (root.getResource(AppendResultInterceptor.RESULT_RESOURCE) instanceof DurableResult<?> durableResult) {
            durableResult.appended(result);
        }
    }
}
