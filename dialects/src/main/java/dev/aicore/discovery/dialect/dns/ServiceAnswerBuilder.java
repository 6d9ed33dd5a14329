package dev.aicore.discovery.dialect.dns;

import dev.aicore.discovery.dialect.dns.ServiceRecords.Endpoint;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Type;

/** Builds the records of a service, in an order that differs from answer to answer. */
final class ServiceAnswerBuilder {

    private static final int PRIORITY = 1;

    /** Size in bytes of an A record with a compressed name, the smallest record of an answer. */
    private static final int MIN_RECORD_BYTES = 16;

    /** Name that follows the names of addresses, by the domain of the zone. */
    private final Map<Name, Name> addressOrigins;

    private final long ttl;
    private final RandomGenerator random;

    ServiceAnswerBuilder(List<Name> domains, String datacenter, long ttl, RandomGenerator random) {
        this.addressOrigins = domains.stream()
                .collect(Collectors.toMap(
                        domain -> domain, domain -> DnsZone.below("addr." + datacenter, domain), (one, _) -> one));
        this.ttl = ttl;
        this.random = random;
    }

    /**
     * Returns the records of a type; null if there are none.
     *
     * @param serviceOnly true if the name has only SRV records
     * @param endpoints at least one
     */
    @Nullable
    DnsAnswer answer(ZoneQuestion question, boolean serviceOnly, int type, List<Endpoint> endpoints, int maxBytes) {
        int limit = maxBytes / MIN_RECORD_BYTES + 1;
        if (type == Type.SRV || (serviceOnly && type == Type.ANY)) {
            return answerSrv(question, shuffle(endpoints, limit));
        }
        if (serviceOnly) {
            return null;
        }
        // A CNAME record can't be beside other records.
        return endpoints.stream().allMatch(endpoint -> endpoint.address() == null)
                ? answerAlias(question.name(), type, shuffle(endpoints, 1).getFirst())
                : answerAddresses(question.name(), type, endpoints, limit);
    }

    /** Returns at most {@code limit} elements in random order; all of them if there are fewer. */
    private <T> List<T> shuffle(Collection<T> elements, int limit) {
        var shuffled = new ArrayList<>(elements);
        int count = Math.min(limit, shuffled.size());
        for (int i = 0; i < count; i++) {
            Collections.swap(shuffled, i, random.nextInt(i, shuffled.size()));
        }
        return shuffled.subList(0, count);
    }

    private DnsAnswer answerSrv(ZoneQuestion question, List<Endpoint> endpoints) {
        var origin = Objects.requireNonNull(addressOrigins.get(question.domain()));
        // Several instances may declare the same address and port.
        Set<Record> answers = new LinkedHashSet<>();
        Set<Record> additional = new LinkedHashSet<>();
        for (var endpoint : endpoints) {
            var address = endpoint.address();
            var target = address == null ? endpoint.target() : concatenate(endpoint.target(), origin);
            answers.add(new SRVRecord(
                    question.name(), DClass.IN, ttl, PRIORITY, endpoint.weight(), endpoint.port(), target));
            if (address != null) {
                additional.add(addressRecord(target, ttl, address));
            }
        }
        return DnsAnswer.of(List.copyOf(answers), List.copyOf(additional));
    }

    private @Nullable DnsAnswer answerAlias(Name name, int type, Endpoint endpoint) {
        return switch (type) {
            case Type.A, Type.AAAA, Type.CNAME, Type.ANY ->
                DnsAnswer.of(List.of(new CNAMERecord(name, DClass.IN, ttl, endpoint.target())), List.of());
            default -> null;
        };
    }

    private @Nullable DnsAnswer answerAddresses(Name name, int type, List<Endpoint> endpoints, int limit) {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        for (var endpoint : endpoints) {
            var address = endpoint.address();
            if (address != null && (type == Type.ANY || type == DnsZone.addressType(address))) {
                addresses.add(address);
            }
        }
        return addresses.isEmpty()
                ? null
                : DnsAnswer.of(
                        shuffle(addresses, limit).stream()
                                .map(address -> addressRecord(name, ttl, address))
                                .toList(),
                        List.of());
    }

    /** Appends a name. The settings limit the length of a domain so that this can't fail for the name of an address. */
    private static Name concatenate(Name address, Name origin) {
        try {
            return Name.concatenate(address, origin);
        } catch (NameTooLongException e) {
            throw new IllegalStateException("Invalid name: " + address + "." + origin, e);
        }
    }

    /** Returns the A or AAAA record of an address. */
    static Record addressRecord(Name name, long ttl, InetAddress address) {
        return address instanceof Inet4Address
                ? new ARecord(name, DClass.IN, ttl, address)
                : new AAAARecord(name, DClass.IN, ttl, address);
    }
}
