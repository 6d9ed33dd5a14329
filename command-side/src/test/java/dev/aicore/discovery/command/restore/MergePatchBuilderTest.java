package dev.aicore.discovery.command.restore;

import static dev.aicore.discovery.api.testing.DeclarationBuilder.aDeclaration;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.testing.Generator;
import dev.aicore.discovery.api.testing.SeededTest;
import dev.aicore.discovery.command.instance.TestDeclarationMerger;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MergePatchBuilderTest {

    private record Kind(String type, Map<String, Object> config) {}

    private static final Generator<Kind> KINDS = Generator.oneOf(
            new Kind("http", Map.of()),
            new Kind("http", Map.of("path", "/h", "headers", Map.of("X-A", "1"))),
            new Kind("http", Map.of("method", "HEAD", "headers", Map.of("X-B", "2"))),
            new Kind("tcp", Map.of()),
            new Kind("grpc", Map.of("tls", true)),
            new Kind("script", Map.of("script", "look.sh")),
            new Kind("ttl", Map.of()));

    private static final Generator<List<String>> WORDS =
            Generator.oneOf("a", "b").list(0, 2);

    @Test
    void patch_containsOnlyDifferences() {
        var before = declaration(7, Map.of("a", "1", "b", "2"), List.of("x"), null);
        var after = declaration(100, Map.of("a", "1", "c", "3"), List.of(), null);

        assertThat(MergePatchBuilder.between(before, after))
                .isEqualTo("{\"weight\":100,\"metadata\":{\"b\":null,\"c\":\"3\"},\"tags\":[]}");
        assertThat(MergePatchBuilder.between(before, before)).isEqualTo("{}");
    }

    @SeededTest
    void patch_appliedToFirstDeclaration_yieldsSecond(RandomGenerator random) {
        var before = declaration(random);
        var after = declaration(random);
        assertThat(TestDeclarationMerger.usual().apply(before, MergePatchBuilder.between(before, after)))
                .as("declaration after the patch from %s", before)
                .isEqualTo(after);
    }

    private static Declaration declaration(RandomGenerator random) {
        var words = WORDS.generate(random);
        var value = Generator.oneOf("1", "2").generate(random);
        return declaration(
                Generator.oneOf(7, 100).generate(random),
                words.stream().distinct().collect(Collectors.toMap(Function.identity(), _ -> value)),
                words,
                random.nextInt(8) == 0 ? null : check(random));
    }

    private static HealthCheck check(RandomGenerator random) {
        var kind = KINDS.generate(random);
        return new HealthCheck(
                kind.type(),
                Generator.oneOf(10, 20).generate(random),
                Generator.oneOf(2, 5).generate(random),
                Generator.oneOf(3, 5).generate(random),
                Generator.oneOf(1, 2).generate(random),
                kind.config());
    }

    private static Declaration declaration(
            int weight, Map<String, String> metadata, List<String> tags, @Nullable HealthCheck check) {
        return aDeclaration("web")
                .weight(weight)
                .healthCheck(check)
                .metadata(metadata)
                .tags(tags.toArray(String[]::new))
                .build();
    }
}
