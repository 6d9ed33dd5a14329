package dev.aicore.discovery.command.instance;

import static dev.aicore.discovery.api.testing.DeclarationBuilder.aDeclaration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.api.instance.Declaration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MergePatchApplierTest {

    private static final HealthCheck CHECK =
            new HealthCheck("http", 20, 2, 4, 1, Map.of("path", "/ready", "method", "HEAD"));

    @Test
    void emptyPatch_changesNothing() {
        assertThat(merged(declaration(30, CHECK), "{}")).isEqualTo(declaration(30, CHECK));
        assertThat(merged(declaration(30, null), "{}")).isEqualTo(declaration(30, null));
    }

    @Test
    void metadata_isMergedByKey() {
        assertThat(merged(declaration(30, null), "{\"metadata\":{\"team\":null,\"region\":\"us\",\"rack\":\"7\"}}")
                        .metadata())
                .isEqualTo(Map.of("region", "us", "rack", "7"));
        assertThat(merged(declaration(30, null), "{\"metadata\":null,\"tags\":null}"))
                .satisfies(after -> assertThat(after.metadata()).isEmpty())
                .satisfies(after -> assertThat(after.tags()).isEmpty());
    }

    @Test
    void tags_areReplaced() {
        assertThat(merged(declaration(30, null), "{\"tags\":[\"green\"]}").tags())
                .containsExactly("green");
    }

    @Test
    void nullMember_restoresDefault() {
        var after = merged(
                declaration(5, CHECK),
                "{\"weight\":null,\"ttl\":null,\"version\":null,\"zone\":null,\"protocol\":null,"
                        + "\"health_check\":{\"interval\":null,\"config\":null}}");
        assertThat(after.weight()).isEqualTo(100);
        assertThat(after.ttl()).isEqualTo(30);
        assertThat(after.version()).isEmpty();
        assertThat(after.zone()).isEmpty();
        assertThat(after.protocol()).isEqualTo("http");
        assertThat(after.healthCheck()).isEqualTo(new HealthCheck("http", 10, 2, 4, 1, Map.of()));
    }

    @Test
    void healthCheck_isMergedUnlessTypeChanges() {
        assertThat(merged(declaration(30, CHECK), "{\"health_check\":{\"config\":{\"path\":\"/live\"}}}")
                        .healthCheck())
                .isEqualTo(new HealthCheck("http", 20, 2, 4, 1, Map.of("path", "/live", "method", "HEAD")));
        assertThat(merged(declaration(30, CHECK), "{\"health_check\":{\"check_type\":\"tcp\"}}")
                        .healthCheck())
                .isEqualTo(new HealthCheck("tcp", 10, 5, 3, 2, Map.of()));
    }

    @Test
    void invalidOldCheck_isRefusedOnlyWhenChanged() {
        var old = new HealthCheck("http", 20, 2, 4, 1, Map.of("path", "/gesund/ä"));
        assertThat(merged(declaration(30, old), "{\"weight\":7}").healthCheck()).isEqualTo(old);
        assertThat(fields(refusal(declaration(30, old), "{\"health_check\":{\"interval\":5}}")))
                .containsExactly("health_check.config.path");
    }

    @Test
    void address_isNormalized() {
        assertThat(merged(declaration(30, null), "{\"address\":\"Web-1.Example.ORG\"}")
                        .address())
                .isEqualTo("web-1.example.org");
    }

    @Test
    void checkRemoval_withoutLease_isRefused() {
        var refused = refusal(declaration(0, CHECK), "{\"health_check\":null}");
        assertThat(refused.code()).isEqualTo(ErrorCode.VALIDATION_FAILED);
        assertThat(refused.errors())
                .containsExactly(new FieldError(
                        "ttl", "is 0 (no lease), and there is no health_check", 0L, "a health_check if ttl is 0"));
    }

    @Test
    void invalidPatch_namesEachField() {
        assertThat(fields(refusal(declaration(30, null), "{\"port\":0,\"weight\":\"x\",\"address\":null,\"tags\":{}}")))
                .containsExactly("address", "port", "weight", "tags");
        assertThat(fields(refusal(declaration(30, CHECK), "{\"health_check\":{\"config\":{\"pth\":\"/\"}}}")))
                .containsExactly("health_check.config.pth");
    }

    private static Declaration declaration(int ttl, @Nullable HealthCheck check) {
        return aDeclaration("orders")
                .protocol("grpc")
                .weight(50)
                .ttl(ttl)
                .healthCheck(check)
                .metadata(Map.of("region", "eu", "team", "blue"))
                .tags("a", "b")
                .zone("eu-1")
                .build();
    }

    private static Declaration merged(Declaration before, String patch) {
        return TestDeclarationMerger.usual().apply(before, patch);
    }

    private static RegistryException refusal(Declaration before, String patch) {
        return catchThrowableOfType(RegistryException.class, () -> merged(before, patch));
    }

    private static List<String> fields(RegistryException refused) {
        return refused.errors().stream().map(FieldError::field).toList();
    }
}
