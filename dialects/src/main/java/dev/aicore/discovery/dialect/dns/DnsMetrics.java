package dev.aicore.discovery.dialect.dns;

import dev.aicore.discovery.dialect.DialectMetrics;
import java.util.Locale;
import java.util.Set;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Counts messages by the type of the question. Clients can send any type, so rare types are counted together. */
final class DnsMetrics {

    private static final String DIALECT = "dns";
    private static final String OTHER = "other";
    private static final Set<Integer> TYPES =
            Set.of(Type.A, Type.AAAA, Type.SRV, Type.ANY, Type.SOA, Type.NS, Type.CNAME, Type.TXT, Type.PTR);

    private final DialectMetrics metrics;

    DnsMetrics(DialectMetrics metrics) {
        this.metrics = metrics;
    }

    /** Counts one answered message; a refusal is any response code but NOERROR and NXDOMAIN. */
    void count(int type, int rcode) {
        var operation = TYPES.contains(type) ? Type.string(type).toLowerCase(Locale.ROOT) : OTHER;
        if (rcode == Rcode.NOERROR || rcode == Rcode.NXDOMAIN) {
            metrics.answered(DIALECT, operation);
        } else {
            metrics.refused(DIALECT, operation);
        }
    }

    /** Counts one message that wasn't answered. */
    void countDropped() {
        metrics.refused(DIALECT, OTHER);
    }
}
