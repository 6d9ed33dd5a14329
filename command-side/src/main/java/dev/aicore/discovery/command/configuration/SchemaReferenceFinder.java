package dev.aicore.discovery.command.configuration;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Where a schema points to. */
final class SchemaReferenceFinder {

    private static final Set<String> KEYWORDS = Set.of("$ref", "$dynamicRef", "$recursiveRef");

    private static final Pattern STANDARD = Pattern.compile(
            "https?://json-schema\\.org/draft(-0[467]/schema|/20(19-09|20-12)/(schema|meta/[a-z-]+))#?");

    private SchemaReferenceFinder() {}

    /** Whether that is a schema of the standard itself, which comes with the library. */
    static boolean isStandard(String iri) {
        return STANDARD.matcher(iri).matches();
    }

    /** A reference that leads out of the schema, if there is one; also where it is no keyword but a value. */
    static Optional<String> outside(JsonNode schema) {
        return schema.properties().stream()
                .filter(property -> KEYWORDS.contains(property.getKey()))
                .map(property -> property.getValue().asString("#"))
                .filter(target -> !target.startsWith("#"))
                .findFirst()
                .or(() -> schema.valueStream()
                        .map(SchemaReferenceFinder::outside)
                        .flatMap(Optional::stream)
                        .findFirst());
    }
}
