/** Tests of the DNS server. */
@NullMarked
package dev.aicore.discovery.dialect.dns;

import org.jspecify.annotations.NullMarked;
