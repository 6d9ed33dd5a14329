package dev.aicore.discovery.dialect.dns;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.InstanceView.InstanceLifecycle;
import dev.aicore.discovery.api.lease.LeaseState;
import dev.aicore.discovery.api.testing.DeclarationBuilder;
import dev.aicore.discovery.config.settings.DnsSettings;
import dev.aicore.discovery.config.settings.SettingsBinder;
import dev.aicore.discovery.dialect.DialectMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import reactor.core.publisher.Mono;

/** Zone over services in memory, queried in the wire format as over UDP or TCP. */
final class ZoneFixture implements DnsServiceSource {

    static final int MAX_UDP_BYTES = 8_192;
    static final int MAX_PENDING = 10;
    static final int MAX_PENDING_OF_NETWORK = 6;
    private static final Instant REGISTERED = Instant.parse("2026-11-23T00:00:00Z");

    private final Map<String, ServiceRecords> services = new HashMap<>();
    private final Map<Long, ServiceRecords> past = new HashMap<>();
    private @Nullable Mono<ServiceRecords> failure;
    private final DnsResponder responder = new DnsResponder(
            new DnsZone(
                    SettingsBinder.defaults().get(DnsSettings.class),
                    InetAddress.ofLiteral("192.0.2.53"),
                    new Random(7)),
            this,
            new PendingQueryLimit(MAX_PENDING, MAX_PENDING_OF_NETWORK, Duration.ofSeconds(10)),
            new DnsMetrics(new DialectMetrics(new SimpleMeterRegistry())),
            MAX_UDP_BYTES);

    /** Registers the instances of a service, all of which discovery returns. */
    ZoneFixture with(String service, InstanceView... instances) {
        var all = List.of(instances);
        services.put(service, ServiceRecords.of(all, all, true));
        return this;
    }

    /** Registers a number of instances with addresses of their own. */
    ZoneFixture withMany(String service, int count) {
        return with(
                service,
                IntStream.range(0, count)
                        .mapToObj(i -> instance(service, "i" + i, "10.0." + i / 250 + "." + (1 + i % 250), 8_080))
                        .toArray(InstanceView[]::new));
    }

    ZoneFixture withRecords(String service, ServiceRecords records) {
        services.put(service, records);
        return this;
    }

    /** Adds the instances of any service at a position. */
    ZoneFixture withPast(long position, InstanceView... instances) {
        var all = List.of(instances);
        past.put(position, ServiceRecords.of(all, all, true));
        return this;
    }

    /** Answers each read of a service by a failure from now on. */
    ZoneFixture failing(Throwable reason) {
        failure = Mono.error(reason);
        return this;
    }

    /** Never answers a read of a service from now on. */
    ZoneFixture stalled() {
        failure = Mono.never();
        return this;
    }

    /** Asks over UDP, without waiting for the answer. */
    Mono<Message> askLater(String name, InetAddress source) {
        return responder.respond(query(name, Type.A).toWire(), source, true).map(ZoneFixture::parse);
    }

    @Override
    public @Nullable ServiceRecords findCurrent(String service) {
        return failure == null ? services.getOrDefault(service, ServiceRecords.NONE) : null;
    }

    @Override
    public Mono<ServiceRecords> read(String service, @Nullable Long position) {
        return failure == null ? Mono.just(past.getOrDefault(position, ServiceRecords.NONE)) : failure;
    }

    static InstanceView instance(String service, String id, String address, int port, String... tags) {
        return view(
                id,
                DeclarationBuilder.aDeclaration(service)
                        .address(address)
                        .port(port)
                        .tags(tags));
    }

    static InstanceView view(String id, DeclarationBuilder declaration) {
        return InstanceView.of(
                id,
                "default",
                "owner",
                declaration.build(),
                30,
                new InstanceState(AdminState.ACTIVE, LeaseState.LIVE, HealthState.HEALTHY, BreakerState.CLOSED),
                new InstanceLifecycle(1, REGISTERED, REGISTERED, null, 1));
    }

    static Message query(String name, int type) {
        return Message.newQuery(question(name, type, DClass.IN));
    }

    static Record question(String name, int type, int dclass) {
        try {
            return Record.newRecord(Name.fromString(name, Name.root), type, dclass);
        } catch (TextParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Message queryWithEdns(String name, int type, int payload) {
        var query = query(name, type);
        query.addRecord(new OPTRecord(payload, 0, 0), Section.ADDITIONAL);
        return query;
    }

    /** Asks over UDP without EDNS. */
    Message ask(String name, int type) {
        return ask(query(name, type), true);
    }

    Message ask(Message query, boolean overUdp) {
        var answer = send(query.toWire(), overUdp);
        if (answer == null) {
            throw new AssertionError("No answer to " + query);
        }
        return parse(answer);
    }

    /** Sends a message; returns null if there is no answer. */
    byte @Nullable [] send(byte[] message, boolean overUdp) {
        return responder
                .respond(message, InetAddress.getLoopbackAddress(), overUdp)
                .block();
    }

    static Message parse(byte[] wire) {
        try {
            return new Message(wire);
        } catch (IOException e) {
            throw new AssertionError("Unreadable answer: " + Arrays.toString(wire), e);
        }
    }

    /** Returns the records of a section as text, without names and times. */
    static List<String> data(Message answer, int section) {
        return answer.getSection(section).stream()
                .filter(record -> !(record instanceof OPTRecord))
                .map(Record::rdataToString)
                .toList();
    }

    static List<String> answers(Message answer) {
        return data(answer, Section.ANSWER);
    }
}
