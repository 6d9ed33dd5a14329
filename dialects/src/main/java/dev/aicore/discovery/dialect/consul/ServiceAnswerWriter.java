package dev.aicore.discovery.dialect.consul;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.aicore.discovery.dialect.consul.ConsulFilterFields.CheckRow;
import dev.aicore.discovery.dialect.consul.ServiceContentReader.ServiceContent;
import dev.aicore.discovery.dialect.consul.filter.FilterFields;
import dev.aicore.discovery.dialect.consul.filter.FilterParser;
import dev.aicore.discovery.dialect.consul.filter.InvalidFilterException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Selects the instances of a service that a read asks for, and writes them. Keeps recent answers, up to a size. */
final class ServiceAnswerWriter {

    private static final int ENTRY_BYTES = 200;

    private final ConsulDocuments documents;
    private final ConsulFilterFields fields;
    private final Cache<AnswerKey, byte[]> answers;

    ServiceAnswerWriter(ConsulDocuments documents, ConsulFilterFields fields, long maxBytes) {
        this.documents = documents;
        this.fields = fields;
        this.answers = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .<AnswerKey, byte[]>weigher(
                        (key, body) -> body.length + key.filter().length() + ENTRY_BYTES)
                .build();
    }

    /** Kind of an answer. */
    enum AnswerKind {
        HEALTH,
        CHECKS,
        CATALOG
    }

    /** Identifies an answer: the version changes with every change of the service. */
    private record AnswerKey(
            String service, long version, AnswerKind kind, boolean passing, List<String> tags, String filter) {}

    /** Parameters of a read. */
    record Selection(
            AnswerKind kind,
            ReadParameters parameters,
            Predicate<ConsulInstance> instances,
            Predicate<CheckRow> checks) {}

    /**
     * Parses what a read asks for.
     *
     * @throws dev.aicore.discovery.api.error.RegistryException if the filter is invalid
     */
    Selection select(AnswerKind kind, ReadParameters parameters) {
        Predicate<ConsulInstance> wanted =
                instance -> (kind != AnswerKind.HEALTH || !parameters.passing() || instance.isPassing())
                        && parameters.tags().stream().allMatch(instance::hasTag);
        return switch (kind) {
            case HEALTH ->
                new Selection(kind, parameters, wanted.and(parse(parameters, fields.healthEntries())), _ -> true);
            case CATALOG ->
                new Selection(kind, parameters, wanted.and(parse(parameters, fields.catalogEntries())), _ -> true);
            case CHECKS -> new Selection(kind, parameters, wanted, parse(parameters, fields.checks()));
        };
    }

    /**
     * Parses a filter.
     *
     * @throws dev.aicore.discovery.api.error.RegistryException if it is invalid
     */
    static <T> Predicate<T> parse(ReadParameters parameters, FilterFields<T> fields) {
        try {
            return FilterParser.parse(parameters.filter(), fields);
        } catch (InvalidFilterException e) {
            throw ConsulRefusals.invalid(String.valueOf(e.getMessage()));
        }
    }

    /** Returns the JSON of an answer; it must not be modified. */
    byte[] write(ServiceContent content, Selection selection) {
        var parameters = selection.parameters();
        if (content.past()) {
            return render(content, selection);
        }
        var key = new AnswerKey(
                content.name(),
                content.version(),
                selection.kind(),
                parameters.passing(),
                parameters.tags(),
                parameters.filter());
        return answers.get(key, _ -> render(content, selection));
    }

    private byte[] render(ServiceContent content, Selection selection) {
        var array = JsonNodeFactory.instance.arrayNode();
        content.instances().stream()
                .map(ConsulInstance::of)
                .filter(selection.instances())
                .flatMap(instance -> elements(instance, selection))
                .forEach(array::add);
        return array.toString().getBytes(StandardCharsets.UTF_8);
    }

    private Stream<? extends JsonNode> elements(ConsulInstance instance, Selection selection) {
        return switch (selection.kind()) {
            case HEALTH -> Stream.of(documents.healthEntry(instance));
            case CATALOG -> Stream.of(documents.catalogEntry(instance));
            case CHECKS ->
                CheckRow.of(instance).filter(selection.checks()).map(row -> documents.check(instance, row.check()));
        };
    }
}
