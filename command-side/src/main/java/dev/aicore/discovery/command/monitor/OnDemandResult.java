package dev.aicore.discovery.command.monitor;

import dev.aicore.discovery.command.batching.CommandReply;
import dev.aicore.discovery.healthchecks.probe.ProbeResult;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who asked for a check gets to know.
 *
 * @param recorded comes when the result counts; null if it tells nothing of the instance, and so doesn't
 */
record OnDemandResult(ProbeResult result, @Nullable CompletableFuture<CommandReply> recorded) {}
