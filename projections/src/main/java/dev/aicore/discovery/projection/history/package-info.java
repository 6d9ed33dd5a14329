/**
 * Folds the audit: who did what to which instance, when and why. {@link AuditProjection} receives the facts,
 * {@link AuditFold} creates one entry per fact, with a summary and evidence.
 *
 * <pre>{@code
 * fact -> AuditProjection -> AuditBatchFold -> AuditFold -> AuditEntry -> models.audit
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.projection.history;

import org.jspecify.annotations.NullMarked;
