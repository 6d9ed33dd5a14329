/**
 * Returns the history of instances: audit entries, and on request observations.
 *
 * <p>{@code HistoryController} parses filter and range. An {@code EntrySource} returns entries slice by slice:
 * {@code AuditEntrySource} reads facts from the audit. {@code MergedEntrySource} adds observations, which
 * {@code ObservationScan} decodes with the slots that the instance occupied. {@code RedactedEntrySource} removes
 * details of checks. {@code HistoryService} writes a page, or all entries as lines.
 *
 * <pre>{@code
 * models.audit -----> AuditEntrySource --+
 *                                        +--> MergedEntrySource --> RedactedEntrySource --> HistoryService
 * store.observations --> ObservationScan +
 *                            |
 *                   SlotAssignmentReader
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.query.history;

import org.jspecify.annotations.NullMarked;
