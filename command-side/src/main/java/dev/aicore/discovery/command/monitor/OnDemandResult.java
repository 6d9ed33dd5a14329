package dev.aicore.discovery.command.monitor;

import dev.aicore.discovery.command.batching.CommandReply;
import dev.aicore.discovery.healthchecks.probe.ProbeResult;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Result of an on-demand check.
 *
 * @param recorded completes when the result is durable; null if the result says nothing about the instance and is not
 *     recorded
 */
record OnDemandResult(ProbeResult result, @Nullable CompletableFuture<CommandReply> recorded) {}
