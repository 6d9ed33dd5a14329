/**
 * Exports, verifies and imports incident bundles. A bundle contains the state of the read models at one point in time
 * and every fact until another, as lines of JSON. Its trailer carries the counts and a SHA-256 of all lines before.
 * {@link BundleExporter} opens exports for the route and limits their number; {@link BundleImport} fills an empty
 * database, whose projections then fold the facts.
 *
 * <pre>{@code
 * read models, store -> BundleExport -> header, rows, facts, trailer -> Bundle -> BundleImport -> empty database
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.projection.bundle;

import org.jspecify.annotations.NullMarked;
