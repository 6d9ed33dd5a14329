package dev.aicore.discovery.api.instance;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.InstanceFact;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * Fact: an instance of an anonymous owner got an owner, the first named principal that wrote it. An admin becomes the
 * owner only by registering the instance. The declaration is unchanged.
 *
 * @param owner the new owner's principal
 * @param previousOwner the previous owner's principal
 */
@Revision("1")
public record InstanceAdopted(
        String id, String service, String owner, String previousOwner, Instant adoptedAt, EventMetadata envelope)
        implements InstanceFact {}
