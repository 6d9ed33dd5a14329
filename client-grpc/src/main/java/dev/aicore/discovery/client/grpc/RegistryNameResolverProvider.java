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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Resolves targets such as {@code registry:///payments} by a client of the registry, and targets such as
 * {@code registry://node:8443/payments} by clients of the named nodes.
 *
 * <pre>
 * NameResolverRegistry.getDefaultRegistry().register(new RegistryNameResolverProvider(registry));
 * ManagedChannel channel = Grpc.newChannelBuilder("registry:///payments", credentials).build();
 * </pre>
 *
 * Channels balance by {@code round_robin} or {@linkplain #withPolicy another policy}, unless they are built with
 * {@code disableServiceConfigLookUp}.
 */
public final class RegistryNameResolverProvider extends NameResolverProvider {

    /** Scheme of the targets. */
    public static final String SCHEME = "registry";

    private static final int PRIORITY = 5;
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(2);
    private static final String ROUND_ROBIN = "round_robin";

    private final @Nullable RegistryClient client;
    private final @Nullable NodeClients nodeClients;
    private final Duration firstAnswer;
    private final String policy;

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
        this(client, null, firstAnswer, ROUND_ROBIN);
    }

    private RegistryNameResolverProvider(
            @Nullable RegistryClient client, @Nullable NodeClients nodeClients, Duration firstAnswer, String policy) {
        this.client = client;
        this.nodeClients = nodeClients;
        this.firstAnswer = firstAnswer;
        this.policy = policy;
    }

    /**
     * Creates a provider for targets that name their nodes, such as {@code registry://r1:8443,r2:8443/payments}.
     *
     * <pre>
     * RegistryNameResolverProvider.ofNodes(nodes -&gt; RegistryClient.at("https://" + nodes).apiKeyFile(file).open());
     * </pre>
     *
     * @param opener opens a client of the nodes of a target. Channels of the same nodes share it, and the last one that
     *     ends closes it
     */
    public static RegistryNameResolverProvider ofNodes(Function<String, RegistryClient> opener) {
        return new RegistryNameResolverProvider(null, new NodeClients(opener), FIRST_ANSWER, ROUND_ROBIN);
    }

    /**
     * Returns a provider whose channels balance by another policy.
     *
     * @param name name of the policy, such as {@link P2cLoadBalancerProvider#POLICY}
     */
    public RegistryNameResolverProvider withPolicy(String name) {
        return new RegistryNameResolverProvider(client, nodeClients, firstAnswer, name);
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
     * @throws IllegalArgumentException if the target is not of the form that this provider resolves
     */
    @Override
    public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args args) {
        if (!SCHEME.equals(target.getScheme())) {
            return null;
        }
        String path = target.getPath();
        String nodes = target.getAuthority();
        boolean namesNodes = nodes != null && !nodes.isEmpty();
        if (namesNodes && nodes.indexOf('@') >= 0) {
            throw new IllegalArgumentException("Invalid target: it contains a credential.");
        }
        boolean namesService = path != null && path.length() > 1 && path.indexOf('/', 1) < 0;
        if (namesService && !namesNodes && client != null) {
            return new RegistryNameResolver(client.service(path.substring(1)), firstAnswer, policy, args, () -> {});
        }
        if (namesService && namesNodes && nodeClients != null) {
            return resolver(nodeClients, nodes, path.substring(1), args);
        }
        String expected = client == null ? "://NODE:PORT/SERVICE" : ":///SERVICE; the client has the nodes";
        throw new IllegalArgumentException("Invalid target: " + target + " (expected: " + SCHEME + expected + ").");
    }

    private NameResolver resolver(NodeClients clients, String nodes, String service, NameResolver.Args args) {
        var shared = clients.acquire(nodes);
        Runnable release = () -> clients.release(nodes);
        return new RegistryNameResolver(shared.service(service), firstAnswer, policy, args, release);
    }
}
