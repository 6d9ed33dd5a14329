package dev.aicore.discovery.dialect.dns;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Meaning of a name below one of the zone's domains. */
sealed interface OwnerName {

    /** The domain itself, or {@code service.<domain>}, which has the records of the zone. */
    record Apex() implements OwnerName {}

    /** The name of the zone's server, {@code ns.<domain>}. */
    record NameServer() implements OwnerName {}

    /** A name without records above other names. */
    record EmptyNonTerminal() implements OwnerName {}

    /** A name that doesn't exist. */
    record NonExistent() implements OwnerName {}

    /** A name that contains an address. */
    record AddressName(InetAddress address) implements OwnerName {}

    /**
     * A name of a service.
     *
     * @param service name in lower case
     * @param label tag or version that instances must have, in lower case; null for all instances
     * @param serviceOnly true for the form of RFC 2782, which has only SRV records
     * @param position position in the past; null for the present
     */
    record ServiceName(
            String service,
            @Nullable String label,
            boolean serviceOnly,
            @Nullable Long position) implements OwnerName {}
}
