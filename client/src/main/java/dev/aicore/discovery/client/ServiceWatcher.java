package dev.aicore.discovery.client;

import dev.aicore.discovery.client.ClientCounts.Interruption;
import dev.aicore.discovery.client.ClientStatus.Transport;
import dev.aicore.discovery.client.http.NodeTransport;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Distributes the watched services over streams: one stream for up to 200 services; with an older registry one for each
 * of 20 services, and long polls for the others; without any stream, if none passes through, long polls alone.
 */
final class ServiceWatcher implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(RegistryClient.class.getName());
    private static final int MAX_STREAMS = 20;

    private final NodeTransport transport;
    private final ClientTime time;
    private final Executor listeners;
    private final ClientCounters counters;
    private final Duration idle;

    /** Called with each service that begins to be watched. */
    private final Consumer<ServiceState> onWatch;

    private final Map<String, ServiceState> states = new ConcurrentHashMap<>();
    private final List<WatchTask> tasks = new ArrayList<>();
    private volatile Transport mode = Transport.STREAM;
    private boolean closed;

    ServiceWatcher(
            NodeTransport transport,
            ClientTime time,
            Executor listeners,
            ClientCounters counters,
            Duration idle,
            Consumer<ServiceState> onWatch) {
        this.transport = transport;
        this.time = time;
        this.listeners = listeners;
        this.counters = counters;
        this.idle = idle;
        this.onWatch = onWatch;
    }

    /** Begins to retire services that nobody uses. */
    void start() {
        time.schedule(idle, this::retireIdle);
    }

    /** Returns the state of a service, which is watched from now on. */
    ServiceState watch(String name) {
        var known = states.get(name);
        if (known != null) {
            known.touch();
            return known;
        }
        ServiceState state;
        synchronized (this) {
            known = states.get(name);
            if (known != null) {
                return known;
            }
            state = new ServiceState(name, time, listeners, counters);
            state.watched(true);
            if (closed) {
                return state;
            }
            states.put(name, state);
            assign(state);
        }
        onWatch.accept(state);
        return state;
    }

    List<ServiceState> states() {
        return List.copyOf(states.values());
    }

    Transport mode() {
        return mode;
    }

    void countReconnect(Interruption cause) {
        counters.reconnect(cause);
    }

    synchronized boolean isConnected() {
        return tasks.stream().allMatch(WatchTask::isConnected);
    }

    private void assign(ServiceState state) {
        if (mode == Transport.STREAM) {
            for (var task : tasks) {
                if (task instanceof WatchLoop loop && loop.hasRoomFor(state)) {
                    loop.add(state);
                    return;
                }
            }
        }
        long loops = tasks.stream().filter(WatchLoop.class::isInstance).count();
        boolean streams = mode == Transport.STREAM || (mode == Transport.STREAM_PER_SERVICE && loops < MAX_STREAMS);
        var task = streams ? new WatchLoop(this, transport, time, state) : new PollLoop(transport, time, state);
        tasks.add(task);
        var thread = new Thread(task, "registry-client-watch-" + state.name());
        thread.setDaemon(true);
        thread.start();
    }

    /** Moves the services of a stream to another way of receiving, because the present one doesn't work. */
    synchronized void fallBack(WatchLoop from, Transport to, String cause) {
        if (mode.compareTo(to) < 0) {
            mode = to;
            LOG.log(Level.INFO, "Services are watched by {0} from now on: {1}.", to, cause);
        }
        tasks.remove(from);
        from.stop();
        if (!closed) {
            from.services().forEach(this::assign);
        }
    }

    private void retireIdle() {
        synchronized (this) {
            if (closed) {
                return;
            }
            for (var state : states()) {
                if (!state.wasUsed()) {
                    state.watched(false);
                    states.remove(state.name());
                    tasks.removeIf(task -> task.remove(state));
                }
            }
        }
        time.schedule(idle, this::retireIdle);
    }

    @Override
    public synchronized void close() {
        closed = true;
        tasks.forEach(WatchTask::stop);
        tasks.clear();
    }
}
