package dev.aicore.discovery.dialect.dns;

import dev.aicore.discovery.config.settings.DnsSettings;
import dev.aicore.discovery.dialect.dns.OwnerName.AddressName;
import dev.aicore.discovery.dialect.dns.OwnerName.Apex;
import dev.aicore.discovery.dialect.dns.OwnerName.EmptyNonTerminal;
import dev.aicore.discovery.dialect.dns.OwnerName.NameServer;
import dev.aicore.discovery.dialect.dns.OwnerName.NonExistent;
import dev.aicore.discovery.dialect.dns.OwnerName.ServiceName;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Zone whose domains contain the names of all services. Contains the rules of names and records. Thread-safe. */
final class DnsZone {

    /** Maximum time in seconds for which resolvers cache that a name doesn't exist. */
    private static final long MAX_NEGATIVE_TTL = 5;

    /** Serial number and timers of a zone that nobody transfers. */
    private static final int SERIAL = 1;

    private static final int REFRESH = 3_600;
    private static final int RETRY = 600;
    private static final int EXPIRE = 86_400;

    private final List<Name> domains;
    private final OwnerNameParser parser;
    private final ServiceAnswerBuilder serviceAnswers;
    private final @Nullable InetAddress server;
    private final long ttl;

    /**
     * Creates a zone.
     *
     * @param server address of the zone's server; null if it isn't known
     * @param random shuffles the records of each answer
     */
    DnsZone(DnsSettings settings, @Nullable InetAddress server, RandomGenerator random) {
        var names = new ArrayList<Name>();
        names.add(absolute(settings.domain()));
        if (!settings.altDomain().isEmpty()) {
            names.add(absolute(settings.altDomain()));
        }
        this.domains = List.copyOf(names);
        var datacenter = settings.datacenter().toLowerCase(Locale.ROOT);
        this.parser = new OwnerNameParser(datacenter);
        this.ttl = settings.ttl().toSeconds();
        this.serviceAnswers = new ServiceAnswerBuilder(domains, datacenter, ttl, random);
        this.server = server;
    }

    /** Finds the meaning of a name; null if it is outside of the zone. */
    @Nullable
    ZoneQuestion find(Name name) {
        for (var domain : domains) {
            if (name.subdomain(domain)) {
                return new ZoneQuestion(name, domain, ownerName(name, name.labels() - domain.labels()));
            }
        }
        return null;
    }

    private OwnerName ownerName(Name name, int count) {
        var labels = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            var label = label(name.getLabel(i));
            if (label == null) {
                return new NonExistent();
            }
            labels.add(label);
        }
        return parser.parse(labels);
    }

    /** Returns a label in lower case; null if it has a dot or other bytes than visible ASCII. */
    private static @Nullable String label(byte[] wire) {
        for (int i = 1; i < wire.length; i++) {
            if (wire[i] <= ' ' || wire[i] == 0x7f || wire[i] == '.') {
                return null;
            }
        }
        return new String(wire, 1, wire.length - 1, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
    }

    /**
     * Answers a question.
     *
     * @param service records of the service if the name is one of a service, otherwise ignored
     * @param maxBytes size in bytes beyond which more records are not needed
     */
    DnsAnswer answer(ZoneQuestion question, int type, ServiceRecords service, int maxBytes) {
        return switch (question.ownerName()) {
            case Apex() -> answerApex(question, type);
            case NameServer() -> answerAddress(question, type, server);
            case EmptyNonTerminal() -> negative(question, Rcode.NOERROR);
            case NonExistent() -> negative(question, Rcode.NXDOMAIN);
            case AddressName(var address) -> answerAddress(question, type, address);
            case ServiceName name -> answerService(question, name, type, service, maxBytes);
        };
    }

    private DnsAnswer answerApex(ZoneQuestion question, int type) {
        return switch (type) {
            case Type.SOA -> DnsAnswer.of(List.of(soa(question.name(), question.domain())), List.of());
            case Type.NS, Type.ANY -> {
                var nameServer = nameServer(question.domain());
                var glue = server == null
                        ? List.<Record>of()
                        : List.of(ServiceAnswerBuilder.addressRecord(nameServer, ttl, server));
                var answers = new ArrayList<Record>();
                answers.add(new NSRecord(question.name(), DClass.IN, ttl, nameServer));
                if (type == Type.ANY) {
                    answers.add(soa(question.name(), question.domain()));
                }
                yield DnsAnswer.of(answers, glue);
            }
            default -> negative(question, Rcode.NOERROR);
        };
    }

    private DnsAnswer answerAddress(ZoneQuestion question, int type, @Nullable InetAddress address) {
        return address != null && (type == Type.ANY || type == addressType(address))
                ? DnsAnswer.of(List.of(ServiceAnswerBuilder.addressRecord(question.name(), ttl, address)), List.of())
                : negative(question, Rcode.NOERROR);
    }

    private DnsAnswer answerService(
            ZoneQuestion question, ServiceName name, int type, ServiceRecords service, int maxBytes) {
        var endpoints = service.matching(name.label());
        if (endpoints.isEmpty()) {
            // Without tags, nothing is known about a name that contains one.
            return name.label() == null || service.hasLabels()
                    ? negative(question, Rcode.NXDOMAIN)
                    : DnsAnswer.refusal(Rcode.SERVFAIL);
        }
        var answer = serviceAnswers.answer(question, name.serviceOnly(), type, endpoints, maxBytes);
        return answer == null ? negative(question, Rcode.NOERROR) : answer;
    }

    private DnsAnswer negative(ZoneQuestion question, int rcode) {
        return DnsAnswer.negative(rcode, soa(question.domain(), question.domain()));
    }

    private SOARecord soa(Name owner, Name domain) {
        long negative = Math.min(ttl, MAX_NEGATIVE_TTL);
        return new SOARecord(
                owner,
                DClass.IN,
                negative,
                nameServer(domain),
                below("hostmaster", domain),
                SERIAL,
                REFRESH,
                RETRY,
                EXPIRE,
                negative);
    }

    private static Name nameServer(Name domain) {
        return below("ns", domain);
    }

    static int addressType(InetAddress address) {
        return address instanceof Inet4Address ? Type.A : Type.AAAA;
    }

    /** Returns a name below a domain that the settings limit to a length at which this can't fail. */
    static Name below(String relative, Name domain) {
        try {
            return Name.concatenate(Name.fromString(relative), domain);
        } catch (TextParseException | NameTooLongException e) {
            throw new IllegalArgumentException("Invalid name: " + relative + "." + domain, e);
        }
    }

    private static Name absolute(String domain) {
        return below(domain, Name.root);
    }
}
