/**
 * Answers DNS queries for services, over UDP and TCP.
 *
 * <p>{@code DnsResponder} parses a query, refuses what is none, and encodes the answer. {@code DnsZone} contains the
 * rules of names and records and needs no I/O. {@code DnsServiceSource} finds the instances, which are those of native
 * discovery; usually in memory. dnsjava parses messages and compresses names. Its encoding of messages isn't used,
 * because it omits all records of a set if one doesn't fit.
 *
 * <pre>{@code
 *  UDP --> DnsDatagramHandler --+                  +--> OwnerNameParser
 *                               +--> DnsResponder --+--> DnsServiceSource --> snapshots, as-of reads
 *  TCP --> DnsStreamHandler ----+                  +--> DnsZone --> DnsMessageEncoder
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.dialect.dns;

import org.jspecify.annotations.NullMarked;
