package dev.aicore.discovery.dialect.dns;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Compression;
import org.xbill.DNS.DNSOutput;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * Encodes answers with compressed names within a size. Omits the records that don't fit, from the end, and sets TC if
 * there are any.
 */
final class DnsMessageEncoder {

    private static final int COUNTS = 4;
    private static final int MAX_RCODE_OF_HEADER = 15;

    private final DNSOutput output;
    private final Compression compression = new Compression();
    private final int maxBytes;
    private boolean truncated;

    private DnsMessageEncoder(int capacity, int maxBytes) {
        this.output = new DNSOutput(capacity);
        this.maxBytes = maxBytes;
    }

    /**
     * Encodes an answer.
     *
     * @param query header of the query
     * @param question question of the query; null if it has none that can be read
     * @param opt record for EDNS; null if the query had none
     * @param maxBytes maximum size, at least 512
     */
    static byte[] encode(
            Header query, @Nullable Record question, DnsAnswer answer, @Nullable OPTRecord opt, int maxBytes) {
        int capacity = Math.min(
                maxBytes,
                128 + 48 * (answer.answers().size() + answer.additional().size()));
        var optBytes = opt == null ? new byte[0] : opt.toWire(Section.ADDITIONAL);
        return new DnsMessageEncoder(capacity, maxBytes - optBytes.length).write(query, question, answer, optBytes);
    }

    private byte[] write(Header query, @Nullable Record question, DnsAnswer answer, byte[] opt) {
        output.writeU16(query.getID());
        output.writeU16(0);
        for (int i = 0; i < COUNTS; i++) {
            output.writeU16(0);
        }
        if (question != null) {
            question.getName().toWire(output, compression);
            output.writeU16(question.getType());
            output.writeU16(question.getDClass());
            output.writeU16At(1, 4);
        }
        output.writeU16At(append(answer.answers()), 6);
        output.writeU16At(append(answer.authority()), 8);
        int additional = append(answer.additional());
        output.writeByteArray(opt);
        output.writeU16At(additional + (opt.length == 0 ? 0 : 1), 10);
        output.writeU16At(flags(query, answer), 2);
        return output.toByteArray();
    }

    /** Appends records until one doesn't fit; returns their number. */
    private int append(List<Record> records) {
        int count = 0;
        for (int i = 0; i < records.size() && !truncated; i++) {
            int begin = output.current();
            var record = records.get(i);
            var data = record.rdataToWireCanonical();
            record.getName().toWire(output, compression);
            output.writeU16(record.getType());
            output.writeU16(record.getDClass());
            output.writeU32(record.getTTL());
            output.writeU16(data.length);
            output.writeByteArray(data);
            if (output.current() > maxBytes) {
                output.jump(begin);
                truncated = true;
            } else {
                count++;
            }
        }
        return count;
    }

    private int flags(Header query, DnsAnswer answer) {
        var header = new Header(0);
        header.setFlag(Flags.QR);
        header.setOpcode(query.getOpcode());
        if (answer.authoritative()) {
            header.setFlag(Flags.AA);
        }
        if (truncated) {
            header.setFlag(Flags.TC);
        }
        if (query.getFlag(Flags.RD)) {
            header.setFlag(Flags.RD);
        }
        header.setRcode(answer.rcode() & MAX_RCODE_OF_HEADER);
        var wire = header.toWire();
        return (wire[2] & 0xff) << 8 | (wire[3] & 0xff);
    }
}
