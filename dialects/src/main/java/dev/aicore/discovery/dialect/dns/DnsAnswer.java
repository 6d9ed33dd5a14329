package dev.aicore.discovery.dialect.dns;

import java.util.List;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;

/**
 * Answer to a question.
 *
 * @param rcode response code; those above 15 need EDNS
 * @param authoritative true if the zone has the name, or would have it
 */
record DnsAnswer(
        int rcode, boolean authoritative, List<Record> answers, List<Record> authority, List<Record> additional) {

    /** Returns an answer of the zone. */
    static DnsAnswer of(List<Record> answers, List<Record> additional) {
        return new DnsAnswer(Rcode.NOERROR, true, answers, List.of(), additional);
    }

    /** Returns an answer without records, with the SOA record that says for how long that may be cached. */
    static DnsAnswer negative(int rcode, Record soa) {
        return new DnsAnswer(rcode, true, List.of(), List.of(soa), List.of());
    }

    /** Returns an answer that says nothing about the name. */
    static DnsAnswer refusal(int rcode) {
        return new DnsAnswer(rcode, false, List.of(), List.of(), List.of());
    }
}
