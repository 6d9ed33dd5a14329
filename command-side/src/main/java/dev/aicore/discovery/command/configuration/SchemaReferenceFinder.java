package dev.aicore.discovery.command.configuration;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Finds references in a schema. */
final class SchemaReferenceFinder {

    private static final Set<String> KEYWORDS = Set.of("$ref", "$dynamicRef", "$recursiveRef");

    private static final Pattern STANDARD = Pattern.compile(
            "https?://json-schema\\.org/draft(-0[467]/schema|/20(19-09|20-12)/(schema|meta/[a-z-]+))#?");

    private SchemaReferenceFinder() {}

    /** Returns true if an IRI is a schema of the standard itself, which the library contains. */
    static boolean isStandard(String iri) {
        return STANDARD.matcher(iri).matches();
    }

    /**
     * Returns a reference that leads out of the schema; empty if there is none. Also finds names that are not keywords
     * but parts of a value.
     */
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
