package dev.aicore.discovery.api.instance;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * An instance that somebody registered who wasn't asked for a name belongs to the first who wrote it under one. What is declared stays.
 *
 * @param owner the principal that it belongs to from here on
 * @param previousOwner the one before
 */
@Revision("1")
public record InstanceAdopted(
        String id, String service, String owner, String previousOwner, Instant adoptedAt, EventMetadata envelope)
        implements InstanceFact {}
