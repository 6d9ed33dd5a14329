package dev.aicore.discovery.client.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.client.testing.ContractCalls.Reply;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** Scenarios on a registry, each with a service of its own. */
abstract class ContractScenarios {

    private ContractCalls calls = new ContractCalls(URI.create("http://127.0.0.1:1"));
    private String name = "";

    /** Returns the URL of the registry. */
    protected abstract URI url();

    @BeforeEach
    void connect() {
        calls = new ContractCalls(url());
        name = ContractCalls.newName();
    }

    final ContractCalls registry() {
        return calls;
    }

    final String service() {
        return name;
    }

    static String path(String id) {
        return "/api/v1/services/" + id;
    }

    /** Returns the ids that a discovery finds after a write. */
    final List<String> discovered(Reply after) {
        return calls.discover(name, "&min_position=" + after.position()).ids();
    }

    static void assertProblem(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.body().values().toString()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(reply.body().values())
                .containsKeys("type", "title", "status", "detail", "instance", "code", "request_id");
    }
}
