package dev.aicore.discovery.healthchecks.outbound;

import dev.aicore.discovery.healthchecks.outbound.PolicyEgress.NameResolver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/**
 * Resolves names by the machine's hosts file and its name servers. Caches answers for their own TTL, at most
 * {@link #MAX_TTL}.
 */
final class DnsResolver implements NameResolver, AutoCloseable {

    /** Timeout of one query to one server; afterwards the next server is queried. */
    static final Duration QUERY_TIMEOUT = Duration.ofSeconds(2);

    /**
     * Upper bound of the time for which an answer is cached. Many targets don't live longer, and checks would go to
     * addresses that are gone.
     */
    static final Duration MAX_TTL = Duration.ofSeconds(30);

    private static final Duration FAILURE_TTL = Duration.ofSeconds(2);
    private static final int MAX_QUERIES = 8;

    private final DnsNameResolver resolver;

    /** Creates a resolver. Reads the machine's configuration, which blocks briefly. */
    DnsResolver(LoopResources loops) {
        this(loops, DnsServerAddressStreamProviders.platformDefault(), QUERY_TIMEOUT);
    }

    DnsResolver(LoopResources loops, DnsServerAddressStreamProvider servers, Duration queryTimeout) {
        EventLoopGroup group = loops.onClient(true);
        this.resolver = new DnsNameResolverBuilder(group.next())
                .datagramChannelFactory(() -> loops.onChannel(DatagramChannel.class, group))
                .socketChannelFactory(() -> loops.onChannel(SocketChannel.class, group))
                .nameServerProvider(servers)
                .queryTimeoutMillis(queryTimeout.toMillis())
                .maxQueriesPerResolve(MAX_QUERIES)
                .ttl(0, (int) MAX_TTL.toSeconds())
                .negativeTtl((int) FAILURE_TTL.toSeconds())
                .build();
    }

    @Override
    public Mono<List<InetAddress>> resolve(String name) {
        return Mono.create(sink -> {
            Future<List<InetAddress>> addresses = resolver.resolveAll(name);
            sink.onCancel(() -> addresses.cancel(false));
            addresses.addListener(done -> {
                if (done.isSuccess()) {
                    sink.success(addresses.getNow());
                } else if (!done.isCancelled()) {
                    sink.error(done.cause());
                }
            });
        });
    }

    @Override
    public void close() {
        resolver.close();
    }
}
