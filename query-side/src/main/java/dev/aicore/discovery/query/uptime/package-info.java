/**
 * Computes the availability of services over a time window, as figures and as a timeline.
 *
 * <p>{@code StatusSpanReader} reads the status of each instance as spans from {@code models.instance_versions}.
 * {@code UptimeCalculator} computes shares, outages and mean time to recovery from them. {@code TimelineSvg} and
 * {@code TimelineView} show them as a picture or as data.
 *
 * <pre>{@code
 * models.instance_versions --> StatusSpanReader --> UptimeCalculator --> /uptime
 *                                    |
 *                                    +--> TimelineSvg, TimelineView --> /timeline.svg
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.query.uptime;

import org.jspecify.annotations.NullMarked;
