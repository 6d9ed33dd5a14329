package dev.aicore.discovery.client;

import dev.aicore.discovery.client.ListFile.SavedList;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Saves confirmed lists: 5 s after a change at the latest, and every 5 min to record that they are still so. Restores
 * the list of a service for which no node has answered in time.
 */
final class ListSaver implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final int ROUNDS_WITHOUT_CHANGE = 60;

    private final ListFile file;
    private final ClientTime time;
    private final Supplier<List<ServiceState>> services;
    private final Supplier<@Nullable String> store;
    private final Map<String, ServiceList> saved = new HashMap<>();
    private volatile boolean closed;
    private int rounds;
    private boolean hasFailed;

    ListSaver(ListFile file, ClientTime time, Supplier<List<ServiceState>> services, Supplier<@Nullable String> store) {
        this.file = file;
        this.time = time;
        this.services = services;
        this.store = store;
    }

    void start() {
        time.schedule(INTERVAL, this::run);
    }

    /** Restores the list of a service unless it has one. */
    void restore(ServiceState state) {
        if (state.list() != null || closed) {
            return;
        }
        file.read().stream()
                .filter(list -> list.name().equals(state.name()))
                .findFirst()
                .ifPresent(list -> {
                    RegistryRequests.LOG.log(
                            Level.WARNING,
                            "No node has answered. The list of {0} is the saved one of {1}.",
                            state.name(),
                            list.confirmedAt());
                    state.restore(list.instances(), list.position(), list.panicThreshold(), list.confirmedAt());
                });
    }

    private void run() {
        if (!closed) {
            save(++rounds % ROUNDS_WITHOUT_CHANGE == 0);
            start();
        }
    }

    // Lists are immutable and replaced as a whole, so that identity suffices.
    @SuppressWarnings("ReferenceEquality")
    private synchronized void save(boolean always) {
        var confirmed =
                services.get().stream().filter(ServiceState::isConfirmed).toList();
        boolean isChanged = confirmed.stream().anyMatch(state -> saved.get(state.name()) != state.list());
        if (confirmed.isEmpty() || (!isChanged && !always)) {
            return;
        }
        var lists = new ArrayList<SavedList>();
        var written = new HashMap<String, ServiceList>();
        for (var state : confirmed) {
            var list = Objects.requireNonNull(state.list());
            written.put(state.name(), list);
            lists.add(new SavedList(
                    state.name(),
                    list.position(),
                    list.panicThreshold(),
                    Objects.requireNonNull(state.confirmedAt()),
                    list.instances().stream().map(ListedInstance::instance).toList()));
        }
        try {
            file.write(lists, store.get());
            saved.clear();
            saved.putAll(written);
            hasFailed = false;
        } catch (IOException e) {
            if (!hasFailed) {
                RegistryRequests.LOG.log(
                        Level.WARNING, "Lists can't be saved and are kept in memory: {0}", e.toString());
            }
            hasFailed = true;
        }
    }

    /** Saves changes that haven't been saved. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            save(false);
        }
    }
}
