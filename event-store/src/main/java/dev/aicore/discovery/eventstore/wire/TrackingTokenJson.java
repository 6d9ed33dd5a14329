package dev.aicore.discovery.eventstore.wire;

import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** Creates the serializer of tracking tokens. */
public final class TrackingTokenJson {

    private TrackingTokenJson() {}

    /**
     * Returns a serializer that can read every token that it writes. Axon's default serializer refuses the untyped
     * context of a {@code ReplayToken}, so that a processor that was reset never starts again.
     */
    public static Serializer serializer() {
        var axonTypes = BasicPolymorphicTypeValidator.builder()
                .allowIfSubType("org.axonframework.")
                .build();
        return Jackson3Serializer.builder()
                .jsonMapperBuilderCustomizer(mapper -> mapper.polymorphicTypeValidator(axonTypes))
                .build();
    }
}
