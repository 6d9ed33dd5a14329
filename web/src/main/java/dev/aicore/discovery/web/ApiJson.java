package dev.aicore.discovery.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Writes all JSON of the API: names in snake_case in the order of declaration, enums in lower case ({@code half_open}),
 * instants as RFC 3339 in UTC with exactly three decimals. Omits null members.
 */
public final class ApiJson {
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .addModule(new SimpleModule("registry").addSerializer(new InstantSerializer()))
            .build();

    /** Caches the last text, because thousands of answers contain the same instant. */
    private static volatile FormattedInstant lastFormatted =
            new FormattedInstant(Instant.EPOCH, MILLIS.format(Instant.EPOCH));

    private ApiJson() {}

    /** Returns the mapper, which is immutable and thread-safe. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** Formats an instant as answers contain it, such as {@code 2026-11-23T12:00:00.000Z}. */
    public static String format(Instant instant) {
        var last = lastFormatted;
        if (!last.instant().equals(instant)) {
            last = new FormattedInstant(instant, MILLIS.format(instant));
            lastFormatted = last;
        }
        return last.text();
    }

    private record FormattedInstant(Instant instant, String text) {}

    private static final class InstantSerializer extends StdSerializer<Instant> {
        InstantSerializer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator out, SerializationContext context) {
            out.writeString(format(value));
        }
    }
}
