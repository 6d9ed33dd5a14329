package dev.aicore.discovery.config.status;

/** Reports whether this node would take a write now. A process that never takes one has no bean of this type. */
@FunctionalInterface
public interface WriteReadinessIndicator {

    /**
     * Returns the reason why no write would be taken; an empty text if one would be. Answers from memory. The reason is
     * public, so it must not contain addresses or secrets.
     */
    String missing();
}
