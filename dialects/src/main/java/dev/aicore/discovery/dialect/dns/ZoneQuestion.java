package dev.aicore.discovery.dialect.dns;

import org.xbill.DNS.Name;

/**
 * Question for a name of the zone.
 *
 * @param name name as spelled in the question
 * @param domain domain of the zone that the name belongs to
 * @param ownerName meaning of the name
 */
record ZoneQuestion(Name name, Name domain, OwnerName ownerName) {}
