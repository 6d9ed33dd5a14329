package dev.aicore.discovery.eventstore.wire;

import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** The serializer of tracking tokens. */
public final class TrackingTokenJson {

    private TrackingTokenJson() {}

    /**
     * A serializer that reads back what it writes. Axon's own refuses the untyped context of a ReplayToken, and a
     * processor that was reset then never starts again.
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
