/**
 * Returns the past of instances: audit entries and observations, differences between two points in time, availability.
 *
 * <p>{@code HistoryController} parses filter and range. An {@code EntrySource} returns entries slice by slice: {@code
 * AuditEntrySource} reads facts from the audit. {@code MergedEntrySource} adds observations, which {@code
 * ObservationScan} decodes with the slots that the instance occupied. {@code RedactedEntrySource} removes details of
 * checks. {@code DiffReader} reads the two states of each instance that changed between two positions, and {@code
 * InstanceComparator} compares them. {@code StatusSpanReader} reads the status of each instance as spans, from which
 * {@code UptimeCalculator} computes shares, outages and mean time to recovery. {@code ListReportReader} finds the last
 * report of a client about a list, and {@code ClientViewController} reads the instances at the position of that list.
 *
 * <pre>{@code
 * models.audit -----> AuditEntrySource --+
 * store.observations --> ObservationScan +--> MergedEntrySource --> RedactedEntrySource --> HistoryService
 *
 * store.observations --> ObservationScan --> ListReportReader --> position of the list --> /view
 *
 * from, to --> AsOfResolver --> DiffReader --> InstanceComparator --> list
 *                                   +--------> JsonPatch --> application/json-patch+json
 *
 * models.instances, models.instance_versions --> ServiceSummaryReader --> ServiceSummarizer --> /service-summaries
 * models.audit ---------------------------------> ActivityReader -------------------------> /activity
 *
 * models.instance_versions --> StatusSpanReader --> UptimeCalculator --> /uptime
 *                                    +------------> TimelineSvg, ServiceTimelineView --> /timeline.svg
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.query.history;

import org.jspecify.annotations.NullMarked;
