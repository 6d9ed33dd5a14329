/**
 * Runs projections: batches, dead letters, watermarks and segments. Knows no table of a feature.
 * {@link ProjectionProcessorGroup} holds the parts and starts them. Rows, watermarks and the token of a batch commit in
 * one transaction, so each fact counts once.
 *
 * <pre>{@code
 * store.facts -> HaltingMessageSource -> Axon's processor -> FactBatchCollector -> FactBatch
 * FactBatch -> BisectingFold -> BatchFold -> models.*
 *                            -> models.parked_facts (dead letters, retried by DeadLetterRetryService)
 * after commit -> WatermarkTracker, CommitListener
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.projection.processing;

import org.jspecify.annotations.NullMarked;
