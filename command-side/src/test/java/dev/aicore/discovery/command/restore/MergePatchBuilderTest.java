package dev.aicore.discovery.command.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.HealthCheck;
import dev.aicore.discovery.command.instance.TestDeclarationMerger;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MergePatchBuilderTest {

    private record Kind(String type, Map<String, Object> config) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("http", Map.of()),
            new Kind("http", Map.of("path", "/h", "headers", Map.of("X-A", "1"))),
            new Kind("http", Map.of("method", "HEAD", "headers", Map.of("X-B", "2"))),
            new Kind("tcp", Map.of()),
            new Kind("grpc", Map.of("tls", true)),
            new Kind("script", Map.of("script", "look.sh")),
            new Kind("ttl", Map.of()));

    @Test
    void patch_containsOnlyDifferences() {
        var before = declaration(7, Map.of("a", "1", "b", "2"), List.of("x"), null);
        var after = declaration(100, Map.of("a", "1", "c", "3"), List.of(), null);

        assertThat(MergePatchBuilder.between(before, after))
                .isEqualTo("{\"weight\":100,\"metadata\":{\"b\":null,\"c\":\"3\"},\"tags\":[]}");
        assertThat(MergePatchBuilder.between(before, before)).isEqualTo("{}");
    }

    @Property
    void patch_appliedToFirstDeclaration_yieldsSecond(
            @ForAll("declarations") Declaration before, @ForAll("declarations") Declaration after) {
        assertThat(TestDeclarationMerger.usual().apply(before, MergePatchBuilder.between(before, after)))
                .isEqualTo(after);
    }

    @Provide
    Arbitrary<Declaration> declarations() {
        var check = Combinators.combine(
                        Arbitraries.of(KINDS),
                        Arbitraries.of(10, 20),
                        Arbitraries.of(2, 5),
                        Arbitraries.of(3, 5),
                        Arbitraries.of(1, 2))
                .as((kind, interval, timeout, failures, passes) ->
                        new HealthCheck(kind.type(), interval, timeout, failures, passes, kind.config()));
        return Combinators.combine(
                        Arbitraries.of(7, 100),
                        Arbitraries.of("a", "b").list().ofMaxSize(2),
                        check.optional(),
                        Arbitraries.of("1", "2"))
                .as((weight, words, declared, value) -> declaration(
                        weight,
                        words.stream().distinct().collect(Collectors.toMap(Function.identity(), _ -> value)),
                        words,
                        declared.orElse(null)));
    }

    private static Declaration declaration(
            int weight, Map<String, String> metadata, List<String> tags, @Nullable HealthCheck check) {
        return new Declaration("web", "1", "10.0.0.1", 80, "http", weight, 30, check, metadata, tags, "");
    }
}
