package dev.aicore.discovery.eventstore.wire;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.aicore.discovery.api.EventMetadata;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON of facts: snake_case, enums as lower-case words, ISO instants and durations, nulls left out, a record's
 * components and nothing else.
 */
public final class WireJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            // Methods such as isExpired() on an event are no part of its stored form.
            .changeDefaultVisibility(visible -> visible.withFieldVisibility(Visibility.ANY)
                    .withGetterVisibility(Visibility.NONE)
                    .withIsGetterVisibility(Visibility.NONE))
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            // A field that this revision doesn't have means that somebody changed the event without a new revision.
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addMixIn(EventMetadata.class, EventMetadataMixin.class)
            .build();

    /** What of an envelope is for deciding is no part of its stored form. */
    @JsonIgnoreProperties("reach")
    private interface EventMetadataMixin {}

    private WireJson() {}

    /** The mapper; thread-safe. */
    public static JsonMapper mapper() {
        return MAPPER;
    }
}
