package dev.aicore.discovery.access;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.settings.AuthSettings.LoginSettings;
import dev.aicore.discovery.config.time.TimeSource;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts failed logins by network. After too many failures within a window, unknown tokens from that network are no
 * longer verified. Tokens that were verified before, and valid keys, which are cheap to look up, are still accepted.
 *
 * <p>Beyond {@link #MAX_NETWORKS} networks, evicts those with the fewest failures. A caller that fails once from each
 * of many networks therefore resets neither its own count nor those of others.
 */
final class LoginRateLimiter {

    static final int MAX_NETWORKS = 10_000;

    private static final int EVICTION_BATCH = MAX_NETWORKS / 10;

    private static final Comparator<Window> FEWEST_FAILURES_FIRST =
            Comparator.comparingInt(Window::failures).thenComparingLong(Window::began);

    private record Window(long began, int failures) {}

    private final LoginSettings settings;
    private final TimeSource time;
    private final Map<String, Window> windows = new ConcurrentHashMap<>();

    LoginRateLimiter(LoginSettings settings, TimeSource time) {
        this.settings = settings;
        this.time = time;
    }

    /**
     * Checks that the network may attempt a login.
     *
     * @throws RegistryException {@code rate_limited} if too many of its attempts have failed
     */
    void requireAllowed(String network) {
        var window = windows.get(network);
        if (window == null || window.failures() < settings.maxFailures()) {
            return;
        }
        long left = window.began() + settings.window().toNanos() - time.nanos();
        if (left > 0) {
            throw new RegistryException(
                    ErrorCode.RATE_LIMITED,
                    "Too many requests with wrong credentials were received from this network.",
                    Duration.ofNanos(left));
        }
    }

    void failed(String network) {
        long now = time.nanos();
        if (windows.size() >= MAX_NETWORKS) {
            evict(now);
        }
        windows.merge(
                network,
                new Window(now, 1),
                (window, first) -> isOver(window, now) ? first : new Window(window.began(), window.failures() + 1));
    }

    /** Returns the number of tracked networks. */
    int size() {
        return windows.size();
    }

    /** Evicts many networks at once, because an eviction has to sort them. */
    private synchronized void evict(long now) {
        if (windows.size() < MAX_NETWORKS) {
            return;
        }
        windows.values().removeIf(window -> isOver(window, now));
        int excess = windows.size() - MAX_NETWORKS + EVICTION_BATCH;
        if (excess > 0) {
            List.copyOf(windows.entrySet()).stream()
                    .sorted(Map.Entry.comparingByValue(FEWEST_FAILURES_FIRST))
                    .limit(excess)
                    .forEach(entry -> windows.remove(entry.getKey(), entry.getValue()));
        }
    }

    private boolean isOver(Window window, long now) {
        return now - window.began() >= settings.window().toNanos();
    }
}
