/**
 * Issues, rotates and revokes API keys. All keys are one aggregate, whose commands run one after another. The secret of
 * a key is generated here and only its hash is stored. The in-memory registry of keys, which authenticates requests,
 * follows the aggregate's events.
 * <pre>{@code
 * ApiKeyController -> ApiKeyService (SerialExecutor) -> ApiKeyAggregate -> event store -> ApiKeyRegistry
 * FirstUseRecorder ------^
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.command.access;

import org.jspecify.annotations.NullMarked;
