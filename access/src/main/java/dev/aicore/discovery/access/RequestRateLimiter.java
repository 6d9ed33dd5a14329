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
 * Keeps one caller from taking a node for itself: by the network that a request comes from, before anybody asks whose it is, and by
 * principal. A share of both is for heartbeats alone, so that whoever asks too much doesn't lose its leases over it. Who isn't asked for
 * a name has no limit as a principal, and this machine none as a network: a proxy on it speaks for many.
 */
final class RequestRateLimiter {

    /** Of each kind; of more, those that asked least lately begin anew. */
    private static final int MAX_CACHED = 50_000;

    private final RateSettings settings;
    private final TimeMeter meter;
    private final Cache<String, CallerBudget> principals = cache();
    private final Cache<String, CallerBudget> networks = cache();

    RequestRateLimiter(RateSettings settings, TimeSource time) {
        this.settings = settings;
        this.meter = TokenBucket.meter(time);
    }

    /** @throws RegistryException {@code rate_limited} if it has asked too much */
    void limitNetwork(@Nullable InetAddress address, @Nullable Permission permission) {
        if (settings.enabled() && address != null && !address.isLoopbackAddress()) {
            pass(networks, ClientNetwork.of(address), settings.perAddress(), permission, "This network");
        }
    }

    /** @throws RegistryException {@code rate_limited} if it has asked too much */
    void limitPrincipal(Caller caller, @Nullable Permission permission) {
        if (settings.enabled() && !caller.principal().equals(AnonymousCallerFactory.PRINCIPAL)) {
            pass(principals, caller.principal(), settings.perPrincipal(), permission, "This principal");
        }
    }

    private void pass(
            Cache<String, CallerBudget> budgets,
            String who,
            int perSecond,
            @Nullable Permission permission,
            String subject) {
        var callerBudget = budgets.get(who, _ -> budget(perSecond));
        long wait = permission == Permission.INSTANCE_RENEW
                ? callerBudget.ofHeartbeat()
                : callerBudget.rest().take();
        if (wait > 0) {
            throw new RegistryException(
                    ErrorCode.RATE_LIMITED,
                    subject + " may ask " + perSecond + " times a second, of which "
                            + Math.round(settings.heartbeatShare() * 100) + " % are for heartbeats.",
                    Duration.ofNanos(wait));
        }
    }

    private CallerBudget budget(int perSecond) {
        double reserved = perSecond * settings.heartbeatShare();
        return new CallerBudget(
                reserved == 0 ? null : new TokenBucket(reserved, settings.burst(), meter),
                new TokenBucket(perSecond - reserved, settings.burst(), meter));
    }

    private static Cache<String, CallerBudget> cache() {
        return Caffeine.newBuilder().maximumSize(MAX_CACHED).build();
    }

    /** What is kept for heartbeats, and what everything shares. */
    private record CallerBudget(@Nullable TokenBucket reserve, TokenBucket rest) {

        long ofHeartbeat() {
            long wait = reserve == null ? Long.MAX_VALUE : reserve.take();
            return wait == 0 ? 0 : Math.min(wait, rest.take());
        }
    }
}
