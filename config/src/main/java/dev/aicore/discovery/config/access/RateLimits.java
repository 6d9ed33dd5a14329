package dev.aicore.discovery.config.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.settings.RateSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Networks;
import io.github.bucket4j.TimeMeter;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one caller from taking a node for itself: by the network that a request comes from, before anybody asks whose it is, and by
 * principal. A share of both is for heartbeats alone, so that whoever asks too much doesn't lose its leases over it. Who isn't asked for
 * a name has no limit as a principal, and this machine none as a network: a proxy on it speaks for many.
 */
final class RateLimits {

    /** Of each kind; of more, those that asked least lately begin anew. */
    private static final int MOST_KEPT = 50_000;

    private final RateSettings settings;
    private final TimeMeter meter;
    private final Cache<String, Budget> principals = cache();
    private final Cache<String, Budget> networks = cache();

    RateLimits(RateSettings settings, TimeSource time) {
        this.settings = settings;
        this.meter = Allowance.meter(time);
    }

    /** @throws RegistryException {@code rate_limited} if it has asked too much */
    void passNetwork(@Nullable InetAddress address, @Nullable Permission asked) {
        if (settings.enabled() && address != null && !address.isLoopbackAddress()) {
            pass(networks, Networks.of(address), settings.perAddress(), asked, "This network");
        }
    }

    /** @throws RegistryException {@code rate_limited} if it has asked too much */
    void passPrincipal(Caller caller, @Nullable Permission asked) {
        if (settings.enabled() && !caller.principal().equals(Anonymous.PRINCIPAL)) {
            pass(principals, caller.principal(), settings.perPrincipal(), asked, "This principal");
        }
    }

    private void pass(
            Cache<String, Budget> budgets, String who, int perSecond, @Nullable Permission asked, String subject) {
        var budget = budgets.get(who, _ -> budget(perSecond));
        long wait = asked == Permission.INSTANCE_RENEW
                ? budget.ofHeartbeat()
                : budget.rest().take();
        if (wait > 0) {
            throw new RegistryException(
                    ErrorCode.RATE_LIMITED,
                    subject + " may ask " + perSecond + " times a second, of which "
                            + Math.round(settings.heartbeatShare() * 100) + " % are for heartbeats.",
                    Duration.ofNanos(wait));
        }
    }

    private Budget budget(int perSecond) {
        double reserved = perSecond * settings.heartbeatShare();
        return new Budget(
                reserved == 0 ? null : new Allowance(reserved, settings.burst(), meter),
                new Allowance(perSecond - reserved, settings.burst(), meter));
    }

    private static Cache<String, Budget> cache() {
        return Caffeine.newBuilder().maximumSize(MOST_KEPT).build();
    }

    /** What is kept for heartbeats, and what everything shares. */
    private record Budget(@Nullable Allowance reserve, Allowance rest) {

        long ofHeartbeat() {
            long wait = reserve == null ? Long.MAX_VALUE : reserve.take();
            return wait == 0 ? 0 : Math.min(wait, rest.take());
        }
    }
}
