/**
 * Views of the past: audit entries, differences and availability.
 *
 * <p>The query side reads the audit and the versions of instances and returns {@link HistoryView}, {@link DiffView} or
 * {@link UptimeView}. {@link ActionType} groups the types of facts under the words that callers filter by.
 *
 * <pre>{@code
 * facts, observations -> HistoryView   a page of HistoryEntry
 * instance versions   -> DiffView      two points in time
 *                     -> UptimeView    a time window
 *                     -> ClientView    the position of a client's list
 * counts of nodes     -> DiscoveryHistoryView   the positions that a principal got, by minute
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.api.history;

import org.jspecify.annotations.NullMarked;
