/**
 * Serves the routes that write instances: registration, update, deregistration and heartbeats. A controller parses and
 * validates a request, creates the event metadata from the caller, and submits a command to the gateway. Frequent
 * routes are also served on the hot path, with the same parser and mapper.
 * <pre>{@code
 * request -> *Controller -> DeclarationParser, Heartbeat, HeartbeatBatchRequest, PreconditionParser
 *                                                                        -> command -> CommandGateway
 * response <- CommandReplyMapper <- CommandReply
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.command.instance;

import org.jspecify.annotations.NullMarked;
