package dev.aicore.discovery.dialect.dns;

import dev.aicore.discovery.access.NetworkRateLimiter;
import dev.aicore.discovery.config.settings.ConnectionSettings;
import dev.aicore.discovery.config.settings.DialectSettings;
import dev.aicore.discovery.config.settings.DnsSettings;
import dev.aicore.discovery.config.settings.RateSettings;
import dev.aicore.discovery.config.settings.ServerSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.dialect.DialectMetrics;
import dev.aicore.discovery.dialect.PortCondition;
import dev.aicore.discovery.dialect.following.RegistryFollower;
import dev.aicore.discovery.query.consistency.AsOfResolver;
import dev.aicore.discovery.query.discovery.DiscoverableInstances;
import dev.aicore.discovery.query.discovery.registry.RegistrySnapshotService;
import dev.aicore.discovery.query.discovery.snapshot.SnapshotService;
import dev.aicore.discovery.query.instance.AsOfInstanceReader;
import java.net.InetSocketAddress;
import java.util.random.RandomGenerator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** Configures the DNS server. Loads nothing of it if there is no port for it. */
@Configuration(proxyBeanMethods = false)
@Conditional(DnsConfiguration.DnsPortCondition.class)
@ConditionalOnBean(RegistrySnapshotService.class)
public class DnsConfiguration {

    @Bean
    RegistryFollower dnsRegistryFollower(RegistrySnapshotService registry, DialectSettings settings) {
        return new RegistryFollower(registry, "dns", settings, Schedulers.parallel());
    }

    @Bean
    DnsServiceSource dnsServiceSource(
            RegistryFollower dnsRegistryFollower,
            SnapshotService snapshots,
            AsOfResolver asOfResolver,
            AsOfInstanceReader asOfReader,
            DiscoverableInstances discoverable,
            DnsSettings settings) {
        return new RegistryServiceSource(
                dnsRegistryFollower, snapshots, asOfResolver, asOfReader, discoverable, settings.readTimeout());
    }

    @Bean
    DnsServer dnsServer(
            DnsServiceSource services,
            DnsSettings settings,
            ServerSettings server,
            ConnectionSettings connections,
            RateSettings rates,
            DialectMetrics dialectMetrics,
            RandomGenerator random,
            TimeSource time) {
        var metrics = new DnsMetrics(dialectMetrics);
        var host = settings.host().isEmpty() ? server.host() : settings.host();
        var address = new InetSocketAddress(host, settings.port());
        var bound = address.getAddress();
        var pending = new PendingQueryLimit(
                settings.maxPendingQueries(),
                connections.maxPerAddress(settings.maxPendingQueries()),
                settings.readTimeout());
        var responder = new DnsResponder(
                new DnsZone(settings, bound == null || bound.isAnyLocalAddress() ? null : bound, random),
                services,
                pending,
                metrics,
                (int) settings.maxUdpSize().toBytes());
        return new DnsServer(
                address,
                responder,
                new NetworkRateLimiter(rates, time),
                new DnsConnectionLimit(settings.maxConnections(), connections.maxPerAddress(settings.maxConnections())),
                settings.idleTimeout(),
                metrics);
    }

    /** Matches if there is a port for the server. */
    static final class DnsPortCondition extends PortCondition {
        DnsPortCondition() {
            super("dns.port");
        }
    }
}
