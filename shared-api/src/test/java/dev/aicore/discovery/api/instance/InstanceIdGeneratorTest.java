package dev.aicore.discovery.api.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pins the derivation of ids: stores contain derived ids, and clients in other languages compute them. */
class InstanceIdGeneratorTest {

    @Test
    void derivedIds_matchDocumentation() throws IOException {
        var document = Files.readString(Path.of("../docs/api.md"));

        assertThat(document)
                .contains("`" + InstanceIdGenerator.UUID_NAMESPACE + "`")
                .contains(vector("192.168.1.100", 8080))
                .contains(vector("2001:db8::1", 443));
        assertThat(InstanceIdGenerator.derive("default", "user-service", "192.168.1.100", 8080))
                .isEqualTo("589121c5-0d87-5e44-83db-ae231035106a");
    }

    private static String vector(String host, int port) {
        return "| `v1\\|default\\|user-service\\|" + host + "\\|" + port + "` | `"
                + InstanceIdGenerator.derive("default", "user-service", host, port) + "` |";
    }

    /** Clients normalize a path that contains such a segment, so the request would reach another resource. */
    @Test
    void dotSegments_areInvalidIds() {
        assertThat(List.of(".", "..")).noneMatch(InstanceIdGenerator::isId);
        assertThat(List.of("...", "a.", ".a", "..a", "a..", "-")).allMatch(InstanceIdGenerator::isId);
    }
}
