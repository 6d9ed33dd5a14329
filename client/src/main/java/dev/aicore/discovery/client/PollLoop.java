package dev.aicore.discovery.client;

import dev.aicore.discovery.client.http.Backoff;
import dev.aicore.discovery.client.http.NoAnswerException;
import dev.aicore.discovery.client.http.NodeTransport;
import dev.aicore.discovery.client.http.WireRequest;
import dev.aicore.discovery.client.http.WireResponse;
import dev.aicore.discovery.client.json.JsonFormatException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Watches one service by long polls, where no stream is possible. */
final class PollLoop implements WatchTask {

    private static final System.Logger LOG = System.getLogger(RegistryClient.class.getName());
    private static final Duration WAIT = Duration.ofSeconds(25);
    private static final Duration BUDGET = WAIT.plusSeconds(10);
    private static final int GONE = 410;

    private final NodeTransport transport;
    private final ServiceState state;
    private final Backoff backoff = new Backoff(ThreadLocalRandom.current());
    private final TaskPause pause;
    private volatile boolean stopped;
    private volatile boolean connected;
    private volatile @Nullable Thread thread;
    private long index;
    private @Nullable String store;

    PollLoop(NodeTransport transport, ClientTime time, ServiceState state) {
        this.transport = transport;
        this.state = state;
        this.pause = new TaskPause(time);
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    @Override
    public boolean remove(ServiceState removed) {
        if (removed == state) {
            stop();
            return true;
        }
        return false;
    }

    @Override
    public void stop() {
        stopped = true;
        pause.wake();
        var running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        try {
            while (!stopped) {
                pause.await(poll());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration poll() throws InterruptedException {
        try {
            var response = transport.send(WireRequest.get("/api/v1/discover?service_name="
                            + WireRequest.encode(state.name()) + "&include_unhealthy=true&index=" + index + "&wait="
                            + WAIT.toSeconds() + "s")
                    .within(BUDGET));
            return response.isFailure() ? refused(response) : accept(response);
        } catch (NoAnswerException e) {
            lost(e);
            return backoff.next(e.retryAfter());
        } catch (JsonFormatException e) {
            lost(e);
            transport.nodes().leave(transport.nodes().current());
            return backoff.next();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A poll failed unexpectedly and is repeated.", e);
            return backoff.next();
        }
    }

    private void lost(Exception cause) {
        if (connected) {
            LOG.log(
                    Level.WARNING,
                    "Polls of {0} are interrupted ({1}). The list is kept.",
                    state.name(),
                    cause.getMessage());
        }
        connected = false;
    }

    private Duration accept(WireResponse response) {
        String answered = response.store();
        if (answered != null && store != null && !answered.equals(store)) {
            store = answered;
            index = 0;
            state.forgetPosition();
            return Duration.ofMillis(1);
        }
        var instances = InstanceJson.readAll(response.data().requiredObjects("services"), state.name());
        store = answered == null ? store : answered;
        backoff.reset();
        connected = true;
        long changed = response.body().object("meta").number("index", 0);
        if (changed != index || index == 0) {
            index = changed;
            state.replace(instances, changed, ServiceList.DEFAULT_PANIC_THRESHOLD);
        } else {
            state.confirm(index);
        }
        return Duration.ZERO;
    }

    private Duration refused(WireResponse response) {
        connected = false;
        if (response.status() == GONE) {
            index = 0;
            state.forgetPosition();
        }
        transport.nodes().leave(response.node());
        return backoff.next();
    }
}
