/**
 * Writes the counts of denied requests. The query side knows only {@link DenialStore}, which {@link DenialRows}
 * implements and the server provides.
 *
 * <pre>{@code
 * query side: DenialFlusher -> DenialStore -> DenialRows -> denials
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.readmodel.access;

import org.jspecify.annotations.NullMarked;
