package dev.aicore.discovery.dialect.dns;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.dialect.dns.OwnerName.ServiceName;
import java.io.IOException;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import reactor.core.publisher.Mono;

/** Answers messages of DNS clients. Refuses damaged and unsupported messages in DNS's own form. Thread-safe. */
final class DnsResponder {

    private static final int MIN_UDP_BYTES = 512;
    private static final int MAX_TCP_BYTES = 65_535;

    /** Bits of an extended response code that the header contains. */
    private static final int HEADER_BITS = 4;

    private final DnsZone zone;
    private final DnsServiceSource services;
    private final PendingQueryLimit pending;
    private final DnsMetrics metrics;
    private final int maxUdpBytes;

    DnsResponder(
            DnsZone zone, DnsServiceSource services, PendingQueryLimit pending, DnsMetrics metrics, int maxUdpBytes) {
        this.zone = zone;
        this.services = services;
        this.pending = pending;
        this.metrics = metrics;
        this.maxUdpBytes = maxUdpBytes;
    }

    /** Query with what is needed to encode its answer. */
    private record Query(
            Header header,
            @Nullable Record question,
            @Nullable OPTRecord opt,
            InetAddress source,
            int maxBytes) {}

    /**
     * Answers a message; at once if no store must be read. Never fails.
     *
     * @param source address of the client, which may be forged over UDP
     * @return empty if the message must not be answered
     */
    Mono<byte[]> respond(byte[] message, InetAddress source, boolean overUdp) {
        if (message.length < Header.LENGTH) {
            metrics.countDropped();
            return Mono.empty();
        }
        var header = header(message);
        if (header.getFlag(Flags.QR)) {
            metrics.countDropped(); // an answer to a response could be answered as well, endlessly
            return Mono.empty();
        }
        var parsed = parse(message, header);
        if (parsed == null) {
            int rcode = header.getOpcode() == Opcode.QUERY ? Rcode.FORMERR : Rcode.NOTIMP;
            return refuse(new Query(header, null, null, source, MIN_UDP_BYTES), rcode);
        }
        var questions = parsed.getSection(Section.QUESTION);
        var opt = parsed.getOPT();
        var query = new Query(
                header, questions.isEmpty() ? null : questions.getFirst(), opt, source, maxBytes(opt, overUdp));
        return respond(query, parsed);
    }

    private Mono<byte[]> respond(Query query, Message message) {
        var question = query.question();
        if (message.getHeader().getOpcode() != Opcode.QUERY) {
            return refuse(query, Rcode.NOTIMP);
        }
        if (question == null || message.getSection(Section.QUESTION).size() != 1 || hasSeveralOpts(message)) {
            return refuse(query, Rcode.FORMERR);
        }
        var opt = query.opt();
        if (opt != null && opt.getVersion() > 0) {
            return refuse(query, Rcode.BADVERS);
        }
        if (question.getDClass() != DClass.IN || question.getType() == Type.AXFR || question.getType() == Type.IXFR) {
            return refuse(query, Rcode.REFUSED);
        }
        var zoneQuestion = zone.find(question.getName());
        return zoneQuestion == null ? refuse(query, Rcode.REFUSED) : answer(query, zoneQuestion, question.getType());
    }

    private Mono<byte[]> answer(Query query, ZoneQuestion question, int type) {
        if (!(question.ownerName() instanceof ServiceName name)) {
            return Mono.just(encode(query, zone.answer(question, type, ServiceRecords.NONE, query.maxBytes())));
        }
        var known = name.position() == null ? services.findCurrent(name.service()) : null;
        if (known != null) {
            return Mono.just(encode(query, zone.answer(question, type, known, query.maxBytes())));
        }
        return pending.bound(query.source(), services.read(name.service(), name.position()))
                .map(read -> zone.answer(question, type, read, query.maxBytes()))
                .onErrorResume(failure -> Mono.just(DnsAnswer.refusal(rcode(failure))))
                .map(answer -> encode(query, answer));
    }

    /** Returns SERVFAIL unless the client requested a position that the store doesn't have. */
    private static int rcode(Throwable failure) {
        return failure instanceof RegistryException refusal
                        && (refusal.code() == ErrorCode.OTHER_STORE || refusal.code() == ErrorCode.HISTORY_COMPACTED)
                ? Rcode.REFUSED
                : Rcode.SERVFAIL;
    }

    private Mono<byte[]> refuse(Query query, int rcode) {
        return Mono.just(encode(query, DnsAnswer.refusal(rcode)));
    }

    private byte[] encode(Query query, DnsAnswer answer) {
        var question = query.question();
        metrics.count(question == null ? 0 : question.getType(), answer.rcode());
        var opt = query.opt();
        var answerOpt = opt == null
                ? null
                : new OPTRecord(maxUdpBytes, answer.rcode() >> HEADER_BITS, 0, opt.getFlags() & ExtendedFlags.DO);
        return DnsMessageEncoder.encode(query.header(), question, answer, answerOpt, query.maxBytes());
    }

    private int maxBytes(@Nullable OPTRecord opt, boolean overUdp) {
        if (!overUdp) {
            return MAX_TCP_BYTES;
        }
        return opt == null ? MIN_UDP_BYTES : Math.clamp(opt.getPayloadSize(), MIN_UDP_BYTES, maxUdpBytes);
    }

    private static boolean hasSeveralOpts(Message message) {
        return message.getSection(Section.ADDITIONAL).stream()
                        .filter(OPTRecord.class::isInstance)
                        .count()
                > 1;
    }

    private static Header header(byte[] message) {
        try {
            return new Header(message);
        } catch (IOException e) {
            throw new IllegalStateException("A header of 12 bytes was refused.", e);
        }
    }

    /** Parses a message; returns null if it is damaged. */
    private static @Nullable Message parse(byte[] message, Header header) {
        try {
            var parsed = new Message(message);
            // With TC set, the parser accepts a message that lacks the records that its header announces.
            return parsed.getSection(Section.QUESTION).size() == header.getCount(Section.QUESTION) ? parsed : null;
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }
}
