/**
 * Diagnostics of this process for support bundles: versions, settings, metrics, threads and the last lines of the log,
 * without secrets.
 *
 * <pre>{@code
 * ctl support-bundle -> GET /api/v1/admin/diagnostics -> DiagnosticsAssembler -> SecretRedactor
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.server.support;

import org.jspecify.annotations.NullMarked;
