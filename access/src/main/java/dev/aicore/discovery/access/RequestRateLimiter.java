package dev.aicore.discovery.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.settings.RateSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.web.ClientNetwork;
import io.github.bucket4j.TimeMeter;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Limits the rate of requests, so that one caller can't use up a node: per network before authentication, and per
 * principal after it. A share of both limits is reserved for heartbeats, so that a caller with too many requests
 * doesn't lose its leases. Unauthenticated callers have no limit per principal. Loopback has no limit per network,
 * because a proxy on this machine acts for many callers.
 */
final class RequestRateLimiter {

    /** Maximum number of budgets of each kind. A caller whose budget was evicted starts with a full one. */
    private static final int MAX_CACHED = 50_000;

    private final RateSettings settings;
    private final TimeMeter meter;
    private final Cache<String, CallerBudget> principals = cache();
    private final Cache<String, CallerBudget> networks = cache();

    RequestRateLimiter(RateSettings settings, TimeSource time) {
        this.settings = settings;
        this.meter = TokenBucket.meter(time);
    }

    /**
     * Takes a token of the network's budget.
     *
     * @throws RegistryException {@code rate_limited} if the budget is used up
     */
    void limitNetwork(@Nullable InetAddress address, @Nullable Permission permission) {
        if (settings.enabled() && address != null && !address.isLoopbackAddress()) {
            acquire(networks, ClientNetwork.of(address), settings.perAddress(), permission, "This network");
        }
    }

    /**
     * Takes a token of the principal's budget.
     *
     * @throws RegistryException {@code rate_limited} if the budget is used up
     */
    void limitPrincipal(Caller caller, @Nullable Permission permission) {
        if (settings.enabled() && !caller.principal().equals(AnonymousCallerFactory.PRINCIPAL)) {
            acquire(principals, caller.principal(), settings.perPrincipal(), permission, "This principal");
        }
    }

    private void acquire(
            Cache<String, CallerBudget> budgets,
            String key,
            int perSecond,
            @Nullable Permission permission,
            String description) {
        var callerBudget = budgets.get(key, _ -> budget(perSecond));
        long wait = permission == Permission.INSTANCE_RENEW
                ? callerBudget.ofHeartbeat()
                : callerBudget.rest().tryAcquire();
        if (wait > 0) {
            throw new RegistryException(
                    ErrorCode.RATE_LIMITED,
                    description + " may send " + perSecond + " requests per second, of which "
                            + Math.round(settings.reservedHeartbeatShare() * 100) + " % are reserved for heartbeats.",
                    Duration.ofNanos(wait));
        }
    }

    private CallerBudget budget(int perSecond) {
        double reserved = perSecond * settings.reservedHeartbeatShare();
        return new CallerBudget(
                reserved == 0 ? null : new TokenBucket(reserved, settings.burst(), meter),
                new TokenBucket(perSecond - reserved, settings.burst(), meter));
    }

    private static Cache<String, CallerBudget> cache() {
        return Caffeine.newBuilder().maximumSize(MAX_CACHED).build();
    }

    /** Budget of a caller: the reserve for heartbeats, and the rest for all requests. */
    private record CallerBudget(@Nullable TokenBucket reserve, TokenBucket rest) {

        long ofHeartbeat() {
            long wait = reserve == null ? Long.MAX_VALUE : reserve.tryAcquire();
            return wait == 0 ? 0 : Math.min(wait, rest.tryAcquire());
        }
    }
}
