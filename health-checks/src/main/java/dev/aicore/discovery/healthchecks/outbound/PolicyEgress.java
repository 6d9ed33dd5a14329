package dev.aicore.discovery.healthchecks.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Applies the {@link AddressPolicy}. Refuses a name if any of its addresses is denied: the owner of the name could
 * switch it to the denied address between two connections (DNS rebinding).
 */
public final class PolicyEgress implements Egress {

    private final AddressPolicy policy;
    private final NameResolver names;

    public PolicyEgress(AddressPolicy policy, NameResolver names) {
        this.policy = policy;
        this.names = names;
    }

    @Override
    public Mono<AllowedAddress> check(String host, int port) {
        return Mono.defer(() -> {
            var spelled = ParsedHost.of(host);
            if (spelled == null) {
                return Mono.error(OutboundException.denied(DenialReason.SPELLING));
            }
            var literal = spelled.literal();
            return literal != null
                    ? checked(spelled.host(), List.of(literal), port)
                    : addresses(spelled.host()).flatMap(found -> checked(spelled.host(), found, port));
        });
    }

    private Mono<List<InetAddress>> addresses(String name) {
        return names.resolve(name)
                .filter(found -> !found.isEmpty())
                .switchIfEmpty(Mono.error(() -> new UnknownHostException(name)))
                .onErrorMap(failure -> OutboundException.of(OutboundException.Kind.DNS, "", failure));
    }

    private Mono<AllowedAddress> checked(String host, List<InetAddress> found, int port) {
        var denialReason = policy.denial(found.getFirst(), port);
        if (denialReason == null) {
            denialReason = denialOfOthers(found.subList(1, found.size()), port);
        }
        return denialReason == null
                ? Mono.just(new AllowedAddress(host, found.getFirst(), port))
                : Mono.error(OutboundException.denied(denialReason));
    }

    private @Nullable DenialReason denialOfOthers(List<InetAddress> others, int port) {
        for (var other : others) {
            var denialReason = policy.denial(other, port);
            if (denialReason != null) {
                return denialReason;
            }
        }
        return null;
    }

    /** Resolves host names. Never blocks. */
    @FunctionalInterface
    public interface NameResolver {

        /**
         * Returns all addresses of a name, at least one, in order of preference.
         *
         * @return fails with {@link java.net.UnknownHostException} if the name has no address or the resolution timed
         *     out
         */
        Mono<List<InetAddress>> resolve(String name);
    }
}
