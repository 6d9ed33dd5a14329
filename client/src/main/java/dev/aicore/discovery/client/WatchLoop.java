package dev.aicore.discovery.client;

import dev.aicore.discovery.client.ClientCounts.Interruption;
import dev.aicore.discovery.client.ClientStatus.Transport;
import dev.aicore.discovery.client.http.Backoff;
import dev.aicore.discovery.client.http.EventStream;
import dev.aicore.discovery.client.http.NoAnswerException;
import dev.aicore.discovery.client.http.NodeTransport;
import dev.aicore.discovery.client.http.StreamResponse;
import dev.aicore.discovery.client.http.WireRequest;
import dev.aicore.discovery.client.http.WireResponse;
import dev.aicore.discovery.client.json.JsonFormatException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Watches services by one stream, which it opens again at any node after each end. A silent stream is closed. Lists
 * stay as they are while there is no stream.
 */
final class WatchLoop implements WatchTask {

    /** Time without a byte after which a stream is dead; bookmarks arrive every 15 s. */
    static final Duration MAX_SILENCE = Duration.ofSeconds(40);

    private static final System.Logger LOG = System.getLogger(RegistryClient.class.getName());
    private static final Duration MAX_FIRST_SILENCE = Duration.ofSeconds(10);
    private static final Duration WATCHDOG_INTERVAL = Duration.ofSeconds(1);
    private static final Duration MIN_STREAM = Duration.ofSeconds(5);
    private static final long MAX_SPREAD_MILLIS = 2_000;
    private static final int MAX_MUTE_STREAMS = 2;
    private static final int MAX_SERVICES = 200;

    /** Each name may be in the request twice, with its parameters, and the request line has at most 16 KiB. */
    private static final int MAX_NAME_CHARACTERS = 5_000;

    private static final int BAD_REQUEST = 400;
    private static final int URI_TOO_LONG = 414;
    private static final int GONE = 410;

    private final ServiceWatcher watcher;
    private final NodeTransport transport;
    private final ClientTime time;
    private final List<ServiceState> services = new CopyOnWriteArrayList<>();
    private final StreamPosition position = new StreamPosition();
    private final Backoff backoff = new Backoff(ThreadLocalRandom.current());
    private final TaskPause pause;
    private volatile boolean stopped;
    private volatile @Nullable EventStream open;
    private boolean isLost;
    private int muteStreams;
    private boolean wasOpen;
    private Interruption cause = Interruption.ENDED;
    private volatile boolean isSilent;

    WatchLoop(ServiceWatcher watcher, NodeTransport transport, ClientTime time, ServiceState first) {
        this.watcher = watcher;
        this.transport = transport;
        this.time = time;
        this.pause = new TaskPause(time);
        services.add(first);
    }

    /** Returns true if the request for a stream with one more service has an acceptable length. */
    boolean hasRoomFor(ServiceState state) {
        int characters =
                services.stream().mapToInt(service -> service.name().length()).sum()
                        + state.name().length();
        return services.size() < MAX_SERVICES && characters <= MAX_NAME_CHARACTERS;
    }

    List<ServiceState> services() {
        return List.copyOf(services);
    }

    void add(ServiceState state) {
        services.add(state);
        reopen();
    }

    @Override
    public boolean remove(ServiceState state) {
        if (services.remove(state)) {
            if (services.isEmpty()) {
                stop();
                return true;
            }
            reopen();
        }
        return false;
    }

    @Override
    public boolean isConnected() {
        var stream = open;
        return stream != null && time.nanoTime() - stream.lastByte() < MAX_SILENCE.toNanos();
    }

    @Override
    public void stop() {
        stopped = true;
        reopen();
    }

    /** Ends the present stream, so that the next one has the present services. */
    private void reopen() {
        var stream = open;
        if (stream != null) {
            stream.close();
        }
        pause.wake();
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                pause.await(attempt());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Opens a stream and reads it to its end; returns the pause before the next one. */
    private Duration attempt() throws InterruptedException {
        var wanted = services();
        if (wasOpen) {
            watcher.countReconnect(cause);
        }
        wasOpen = true;
        position.retain(wanted);
        try {
            var response = transport.open(position.request(wanted));
            var refusal = response.refusal();
            var events = response.events();
            if (refusal != null || events == null) {
                return refused(Objects.requireNonNull(refusal), wanted);
            }
            if (position.isOfAnotherStore(response.store())) {
                events.close();
                cause = Interruption.OTHER_STORE;
                LOG.log(Level.WARNING, "The registry has another event store. Lists are kept until their snapshots.");
                return Duration.ZERO;
            }
            return read(response, events, wanted);
        } catch (NoAnswerException e) {
            cause = Interruption.UNREACHABLE;
            lost(String.valueOf(e.getMessage()));
            return backoff.next(e.retryAfter());
        } catch (RuntimeException e) {
            cause = Interruption.BROKEN;
            LOG.log(Level.ERROR, "A watch failed unexpectedly and is repeated.", e);
            return backoff.next();
        }
    }

    private Duration read(StreamResponse response, EventStream events, List<ServiceState> wanted) {
        long begin = time.nanoTime();
        open = events;
        isSilent = false;
        cause = Interruption.ENDED;
        var watchdog = time.schedule(WATCHDOG_INTERVAL, () -> closeIfSilent(events, response.node()));
        String end = "the stream ended";
        try {
            // A service may have been added, or the loop stopped, before `open` was set.
            if (!stopped && services().equals(wanted)) {
                for (var event = events.read(); event != null; event = events.read()) {
                    if (position.handle(event, wanted)) {
                        transport.nodes().leave(response.node());
                        end = "the node is leaving";
                        cause = Interruption.LEAVING;
                        break;
                    }
                    found(response.node());
                }
            }
        } catch (IOException | JsonFormatException e) {
            end = e.toString();
            cause = isSilent ? Interruption.SILENT : Interruption.BROKEN;
            transport.nodes().leave(response.node());
        } finally {
            watchdog.run();
            open = null;
            events.close();
        }
        if (stopped || !services().equals(wanted)) {
            cause = Interruption.RESELECTED;
            return Duration.ZERO;
        }
        return ended(end, events, begin);
    }

    private Duration ended(String end, EventStream events, long begin) {
        lost(end);
        if (!events.hasByte() && time.nanoTime() - begin >= MAX_FIRST_SILENCE.toNanos()) {
            muteStreams++;
            if (muteStreams >= MAX_MUTE_STREAMS) {
                watcher.fallBack(this, Transport.LONG_POLL, "no stream passes through to this client");
                return Duration.ZERO;
            }
        }
        if (time.nanoTime() - begin < MIN_STREAM.toNanos()) {
            return backoff.next();
        }
        backoff.reset();
        // The streams of all clients of a node end at once, and must not all return at once to the only one.
        return transport.nodes().size() > 1
                ? Duration.ZERO
                : Duration.ofMillis(ThreadLocalRandom.current().nextLong(1, MAX_SPREAD_MILLIS));
    }

    private void closeIfSilent(EventStream events, URI node) {
        if (open != events) {
            return;
        }
        long silence = time.nanoTime() - events.lastByte();
        var max = events.hasByte() ? MAX_SILENCE : MAX_FIRST_SILENCE;
        if (silence >= max.toNanos()) {
            isSilent = true;
            transport.nodes().leave(node);
            events.close();
        } else {
            time.schedule(WATCHDOG_INTERVAL, () -> closeIfSilent(events, node));
        }
    }

    private Duration refused(WireResponse refusal, List<ServiceState> wanted) {
        cause = refusal.status() == GONE ? Interruption.OTHER_STORE : Interruption.REFUSED;
        if (refusal.status() == GONE) {
            position.forget(wanted);
            LOG.log(Level.WARNING, "{0} Lists are kept until their snapshots.", refusal.detail());
            return backoff.next();
        }
        if ((refusal.status() == BAD_REQUEST || refusal.status() == URI_TOO_LONG) && wanted.size() > 1) {
            watcher.fallBack(this, Transport.STREAM_PER_SERVICE, "the registry watches one service per stream");
            return Duration.ZERO;
        }
        transport.nodes().leave(refusal.node());
        lost(refusal.node() + " refused the watch: " + refusal.detail());
        return backoff.next();
    }

    private void lost(String cause) {
        if (!isLost && !stopped) {
            isLost = true;
            LOG.log(Level.WARNING, "The watch is interrupted ({0}). Lists are kept.", cause);
        }
    }

    private void found(URI node) {
        muteStreams = 0;
        if (isLost) {
            isLost = false;
            LOG.log(Level.INFO, "The watch continues at {0}.", node);
        }
    }

    /** Returns a request whose method and path are those of a watch. */
    static WireRequest watchRequest(String query) {
        return WireRequest.get("/api/v1/watch?" + query);
    }
}
