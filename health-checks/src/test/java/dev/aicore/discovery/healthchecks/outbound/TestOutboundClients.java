package dev.aicore.discovery.healthchecks.outbound;

import dev.aicore.discovery.healthchecks.outbound.PolicyEgress.NameResolver;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;

/** Creates outbound clients for the tests of other packages. */
public final class TestOutboundClients {

    private TestOutboundClients() {}

    /** Creates clients that trust only these certificates. */
    public static OutboundClients trusting(X509Certificate... roots) {
        return new OutboundClients(TestPolicies.development(), List.of(roots));
    }

    /**
     * Returns an egress that redirects every allowed target to this port on loopback. A test can count there which
     * targets were reached, and no connection leaves this machine.
     */
    public static Egress landing(AddressPolicy policy, NameResolver names, int port) {
        var real = new PolicyEgress(policy, names);
        return (host, declared) -> real.check(host, declared)
                .map(passed -> new AllowedAddress(passed.host(), InetAddress.getLoopbackAddress(), port));
    }
}
