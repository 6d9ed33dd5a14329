package dev.aicore.discovery.eventstore;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Collects the events of a unit of work until nothing can roll it back any more, and then appends them at once.
 *
 * <p>Axon hands events over while handlers run that can still fail, and perhaps more than once.
 */
final class UnitOfWorkAppender {

    private static final String EVENTS = UnitOfWorkAppender.class.getName();

    private final EventAppender eventAppender;

    UnitOfWorkAppender(EventAppender eventAppender) {
        this.eventAppender = eventAppender;
    }

    void collect(List<NewEvent> events) {
        if (isWithinUnitOfWork()) {
            collected(CurrentUnitOfWork.get().root()).addAll(events);
        } else {
            eventAppender.append(events);
        }
    }

    private static boolean isWithinUnitOfWork() {
        return CurrentUnitOfWork.isStarted();
    }

    private List<NewEvent> collected(UnitOfWork<?> root) {
        return root.getOrComputeResource(EVENTS, key -> {
            // Registered again when it runs, it comes after all that was registered before the commit began.
            root.onCommit(work -> work.onCommit(this::append));
            return new ArrayList<>();
        });
    }

    private void append(UnitOfWork<?> root) {
        List<NewEvent> events = root.getResource(EVENTS);
        root.resources().remove(EVENTS);
        var result = eventAppender.append(events, UnitOfWorkIdempotencyKeys.of(root));
        if (root.getResource(AppendResultInterceptor.DECIDED) instanceof DurableResult<?> durableResult) {
            durableResult.appended(result);
        }
    }
}
