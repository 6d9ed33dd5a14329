package dev.aicore.discovery.client;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Pick whose call is under way until it is closed. */
final class ActivePick implements Pick {

    private static final int UNDECIDED = 0;
    private static final int DECIDED = 1;
    private static final int CLOSED = 2;

    private final SelectedService service;
    private final ServiceState state;
    private final ListedInstance listed;
    private final @Nullable String key;
    private final Set<String> tried;
    private final AtomicInteger phase = new AtomicInteger(UNDECIDED);

    ActivePick(
            SelectedService service,
            ServiceState state,
            ListedInstance listed,
            @Nullable String key,
            Set<String> tried) {
        this.service = service;
        this.state = state;
        this.listed = listed;
        this.key = key;
        this.tried = tried;
        listed.stats().begin();
    }

    @Override
    public RegisteredInstance instance() {
        return listed.instance();
    }

    @Override
    public void succeeded() {
        if (phase.compareAndSet(UNDECIDED, DECIDED)) {
            state.record(listed, true);
        }
    }

    @Override
    public void failed() {
        if (phase.compareAndSet(UNDECIDED, DECIDED)) {
            state.record(listed, false);
        }
    }

    @Override
    public void discarded() {
        phase.compareAndSet(UNDECIDED, DECIDED);
    }

    @Override
    public Pick next() {
        close();
        var all = new HashSet<>(tried);
        all.add(listed.id());
        return service.pick(key, Set.copyOf(all));
    }

    @Override
    public void close() {
        failed();
        if (phase.compareAndSet(DECIDED, CLOSED)) {
            listed.stats().end();
        }
    }
}
