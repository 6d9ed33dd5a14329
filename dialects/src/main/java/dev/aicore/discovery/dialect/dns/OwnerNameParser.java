package dev.aicore.discovery.dialect.dns;

import dev.aicore.discovery.dialect.dns.OwnerName.AddressName;
import dev.aicore.discovery.dialect.dns.OwnerName.Apex;
import dev.aicore.discovery.dialect.dns.OwnerName.EmptyNonTerminal;
import dev.aicore.discovery.dialect.dns.OwnerName.NameServer;
import dev.aicore.discovery.dialect.dns.OwnerName.NonExistent;
import dev.aicore.discovery.dialect.dns.OwnerName.ServiceName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses names as Consul's DNS interface has them, and the position of a point in the past. */
final class OwnerNameParser {

    private static final String SERVICE = "service";
    private static final String ADDRESS = "addr";
    private static final String SERVER = "ns";
    private static final String ANY_PROTOCOL = "_tcp";
    private static final Pattern POSITION = Pattern.compile("at-([0-9]{1,18})");

    /** Address in hexadecimal digits. A port makes the names of several instances on one address unique. */
    private static final Pattern HEX = Pattern.compile("([0-9a-f]{8}|[0-9a-f]{32})(-[0-9]{1,5})?");

    private final String datacenter;

    /**
     * Creates a parser.
     *
     * @param datacenter name of the only datacenter, in lower case
     */
    OwnerNameParser(String datacenter) {
        this.datacenter = datacenter;
    }

    /**
     * Parses a name.
     *
     * @param labels labels in front of the domain, in lower case
     */
    OwnerName parse(List<String> labels) {
        if (labels.isEmpty()) {
            return new Apex();
        }
        if (labels.getLast().equals(datacenter)) {
            var rest = withoutLast(labels);
            return rest.isEmpty() ? new EmptyNonTerminal() : parseKind(rest);
        }
        return labels.equals(List.of(SERVER)) ? new NameServer() : parseKind(labels);
    }

    private static OwnerName parseKind(List<String> labels) {
        var rest = withoutLast(labels);
        return switch (labels.getLast()) {
            case SERVICE -> rest.isEmpty() ? new Apex() : parseService(rest);
            case ADDRESS -> parseAddress(rest);
            // The form of RFC 2782 may omit the word.
            default -> isServiceAndProtocol(labels) ? serviceAndProtocol(labels, null) : new NonExistent();
        };
    }

    private static OwnerName parseService(List<String> labels) {
        var match = POSITION.matcher(labels.getLast());
        if (labels.size() > 1 && match.matches()) {
            return parseService(withoutLast(labels), Long.valueOf(match.group(1)));
        }
        return parseService(labels, null);
    }

    private static OwnerName parseService(List<String> labels, @Nullable Long position) {
        if (isServiceAndProtocol(labels)) {
            return serviceAndProtocol(labels, position);
        }
        if (labels.equals(List.of(ANY_PROTOCOL))) {
            return new EmptyNonTerminal();
        }
        var label = labels.size() == 1 ? null : String.join(".", withoutLast(labels));
        return new ServiceName(labels.getLast(), label, false, position);
    }

    private static boolean isServiceAndProtocol(List<String> labels) {
        return labels.size() == 2 && isUnderscored(labels.getFirst()) && isUnderscored(labels.getLast());
    }

    private static boolean isUnderscored(String label) {
        return label.length() > 1 && label.charAt(0) == '_';
    }

    private static ServiceName serviceAndProtocol(List<String> labels, @Nullable Long position) {
        var protocol = labels.getLast();
        var tag = protocol.equals(ANY_PROTOCOL) ? null : protocol.substring(1);
        return new ServiceName(labels.getFirst().substring(1), tag, true, position);
    }

    private static OwnerName parseAddress(List<String> labels) {
        if (labels.isEmpty()) {
            return new EmptyNonTerminal();
        }
        var match = HEX.matcher(labels.getFirst());
        return labels.size() == 1 && match.matches() ? new AddressName(address(match.group(1))) : new NonExistent();
    }

    private static InetAddress address(String hex) {
        try {
            return InetAddress.getByAddress(HexFormat.of().parseHex(hex));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("An address of 4 or 16 bytes was refused.", e);
        }
    }

    private static List<String> withoutLast(List<String> labels) {
        return labels.subList(0, labels.size() - 1);
    }
}
