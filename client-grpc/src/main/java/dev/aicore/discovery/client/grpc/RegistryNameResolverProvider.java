package dev.aicore.discovery.client.grpc;

import dev.aicore.discovery.client.RegistryClient;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Resolves targets such as {@code registry:///payments} by a client of the registry.
 *
 * <pre>
 * NameResolverRegistry.getDefaultRegistry().register(new RegistryNameResolverProvider(registry));
 * ManagedChannel channel = Grpc.newChannelBuilder("registry:///payments", credentials).build();
 * </pre>
 *
 * Channels balance by {@code round_robin}, unless they are built with {@code disableServiceConfigLookUp}.
 */
public final class RegistryNameResolverProvider extends NameResolverProvider {

    /** Scheme of the targets. */
    public static final String SCHEME = "registry";

    private static final int PRIORITY = 5;
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(2);

    private final RegistryClient client;
    private final Duration firstAnswer;

    /**
     * Creates a provider that waits 2 s for the first list of a service before calls fail.
     *
     * @param client watches the services; must stay open longer than the channels
     */
    public RegistryNameResolverProvider(RegistryClient client) {
        this(client, FIRST_ANSWER);
    }

    /**
     * Creates a provider.
     *
     * @param client watches the services; must stay open longer than the channels
     * @param firstAnswer time to wait for the first list of a service; then calls fail until there is one, unless they
     *     wait for ready
     */
    public RegistryNameResolverProvider(RegistryClient client, Duration firstAnswer) {
        this.client = client;
        this.firstAnswer = firstAnswer;
    }

    @Override
    public String getDefaultScheme() {
        return SCHEME;
    }

    @Override
    protected boolean isAvailable() {
        return true;
    }

    @Override
    protected int priority() {
        return PRIORITY;
    }

    @Override
    public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
        return Set.of(InetSocketAddress.class);
    }

    /**
     * Returns a resolver; null for other schemes.
     *
     * @throws IllegalArgumentException if the target names a node, or no service
     */
    @Override
    public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args args) {
        if (!SCHEME.equals(target.getScheme())) {
            return null;
        }
        String path = target.getPath();
        String authority = target.getAuthority();
        boolean hasAuthority = authority != null && !authority.isEmpty();
        if (hasAuthority || path == null || path.length() < 2 || path.indexOf('/', 1) > 0) {
            throw new IllegalArgumentException(
                    "Invalid target: " + target + " (expected: " + SCHEME + ":///SERVICE; the client has the nodes).");
        }
        return new RegistryNameResolver(client.service(path.substring(1)), firstAnswer, args);
    }
}
