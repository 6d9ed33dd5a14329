package dev.aicore.discovery.config.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Asks the policy. A name is refused if one of its addresses is denied, also if others aren't: whoever owns the name could turn it
 * to the denied one between any two connections (DNS rebinding).
 */
public final class PolicedEgress implements Egress {

    private final AddressPolicy policy;
    private final NameResolver names;

    public PolicedEgress(AddressPolicy policy, NameResolver names) {
        this.policy = policy;
        this.names = names;
    }

    @Override
    public Mono<CheckedAddress> check(String host, int port) {
        return Mono.defer(() -> {
            var spelled = HostSpelling.of(host);
            if (spelled == null) {
                return Mono.error(OutboundException.denied(Denial.SPELLING));
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

    private Mono<CheckedAddress> checked(String host, List<InetAddress> found, int port) {
        var denial = policy.denial(found.getFirst(), port);
        if (denial == null) {
            denial = denialOfOthers(found.subList(1, found.size()), port);
        }
        return denial == null
                ? Mono.just(new CheckedAddress(host, found.getFirst(), port))
                : Mono.error(OutboundException.denied(denial));
    }

    private @Nullable Denial denialOfOthers(List<InetAddress> others, int port) {
        for (var other : others) {
            var denial = policy.denial(other, port);
            if (denial != null) {
                return denial;
            }
        }
        return null;
    }
}
