/**
 * Implements {@code ./registry ctl}, which administers a registry over its API, or its database while no server runs.
 * {@link CtlApplication} parses the arguments with picocli; each command class calls the API by {@link CtlHttpClient}
 * and prints a {@link TextTable} or JSON. No application context is started for a request to the API.
 *
 * <pre>{@code
 * arguments -> CtlApplication -> command -> CtlHttpClient        -> running registry
 *                                        -> OfflineProjections -> database without a server
 *                                        -> BundleReplay       -> temporary PostgreSQL
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.server.ctl;

import org.jspecify.annotations.NullMarked;
