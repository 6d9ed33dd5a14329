package dev.aicore.discovery.healthchecks.outbound;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;

/** What tests of other packages need to stand in for the world outside. */
public final class TestOutboundClients {

    private TestOutboundClients() {}

    /** Trusts these certificates alone. */
    public static OutboundClients trusting(X509Certificate... roots) {
        return new OutboundClients(TestPolicies.development(), List.of(roots));
    }

    /**
     * Whatever the policy lets through ends on this machine, at that port: a test of what must not be reached counts there what was,
     * and nothing ever leaves.
     */
    public static Egress landing(AddressPolicy policy, NameResolver names, int port) {
        var real = new PolicyEgress(policy, names);
        return (host, declared) -> real.check(host, declared)
                .map(passed -> new AllowedAddress(passed.host(), InetAddress.getLoopbackAddress(), port));
    }
}
