package dev.aicore.discovery.healthchecks.outbound;

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

/** Asks the machine's hosts file and its name servers. Answers are kept for as long as they say, and at most {@link #MAX_TTL}. */
final class DnsResolver implements NameResolver, AutoCloseable {

    /** Of one question to one server; the next one is asked then. */
    static final Duration QUERY_TIMEOUT = Duration.ofSeconds(2);

    /** Longer than many targets live would let checks go to those that are gone. */
    static final Duration MAX_TTL = Duration.ofSeconds(30);

    private static final Duration FAILURE_TTL = Duration.ofSeconds(2);
    private static final int MAX_QUERIES = 8;

    private final DnsNameResolver resolver;

    /** Reads the machine's configuration, which blocks for a moment. */
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
