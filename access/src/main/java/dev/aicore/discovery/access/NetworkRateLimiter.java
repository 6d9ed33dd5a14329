package dev.aicore.discovery.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.aicore.discovery.config.settings.RateSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.web.ClientNetwork;
import io.github.bucket4j.TimeMeter;
import java.net.InetAddress;

/**
 * Limits the rate of messages per network on a protocol without credentials, as {@code server.rate_limit.per_address}
 * limits that of requests. Loopback has no limit. Thread-safe.
 */
public final class NetworkRateLimiter {

    /** Maximum number of budgets. A network whose budget was evicted starts with a full one. */
    private static final int MAX_CACHED = 50_000;

    private final RateSettings settings;
    private final TimeMeter meter;
    private final Cache<String, TokenBucket> networks =
            Caffeine.newBuilder().maximumSize(MAX_CACHED).build();

    /** Creates a limiter whose networks all have full budgets. */
    public NetworkRateLimiter(RateSettings settings, TimeSource time) {
        this.settings = settings;
        this.meter = TokenBucket.meter(time);
    }

    /** Takes a token of the network's budget; returns false if the budget is used up. */
    public boolean tryAcquire(InetAddress address) {
        return !settings.enabled()
                || address.isLoopbackAddress()
                || networks.get(
                                        ClientNetwork.of(address),
                                        _ -> new TokenBucket(settings.perAddress(), settings.burst(), meter))
                                .tryAcquire()
                        == 0;
    }
}
