package dev.aicore.discovery.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.aicore.discovery.config.settings.SettingFailureAnalyzer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Verifies that a start and a check report the same line for an operator's mistake, and that a check continues after
 * it.
 */
class WrongConfigurationsTest {

    private static final String SECRET = "c2f1e8a94b7d4c0f9d3e6a5b8c7f2e1d";

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource
    void invalidConfiguration_isRefusedWithOneLine(String yaml, String begin, String end) throws IOException {
        var file = Files.writeString(directory.resolve("registry.yaml"), yaml);
        var checked = run("check", "--config", file.toString());
        assertThat(checked.code()).isEqualTo(1);
        assertThat(checked.lines())
                .singleElement()
                .satisfies(
                        line -> assertThat(line).startsWith(begin).endsWith(end).doesNotContain("hidden"));
        var start = catchThrowable(() -> ServiceDiscovery.application()
                .run("--service-discovery.config-file=" + file, "--service-discovery.data-dir=" + directory));
        assertThat(SettingFailureAnalyzer.line(start)).hasValue(checked.lines().getFirst());
    }

    static Stream<Arguments> invalidConfiguration_isRefusedWithOneLine() {
        return Stream.of(
                wrong("server: {prot: 8081}", "server.prot (file [", ") is not a setting, did you mean 'server.port'?"),
                wrong("servers: {port: 8081}", "servers.port (", ", did you mean 'server.port'?"),
                wrong(
                        "health_checks: {timeout: 3}",
                        "health_checks.timeout (",
                        "did you mean 'registry.health_checks.timeout'?"),
                wrong("default_ttl: 30", "default_ttl (", ", did you mean 'registry.registration.default_ttl'?"),
                wrong("colour: red", "colour (", ") is not a setting, expected a key of config/service-discovery.yaml"),
                wrong("server: {port: 65536}", "server.port is '65536', expected", "a whole number from 0 to 65535"),
                wrong("server: {port: http}", "server.port is 'http'", ", expected a whole number"),
                wrong(
                        "server: {idle_timeout: '${UNSET}'}",
                        "server.idle_timeout is missing",
                        "a bare number of seconds"),
                wrong("target:", "target is missing", ", expected one of all, command, projections, query"),
                wrong("server: {port: {http: 1}}", "server.port.http (", ", did you mean 'server.port'?"),
                wrong(
                        "server: {tls: {client_certificates: required}}",
                        "server.tls.client_ca is missing, expected the issuers of client certificates",
                        "because client_certificates is 'required'"),
                wrong("server: 8080", "server (", ") is a single value, expected a section"),
                wrong("server: {host: [a, b]}", "server.host (", ") is a list, expected a single value"),
                wrong("server: {host: 'a b'}", "server.host is 'a b'", ", expected an address or host name to bind"),
                wrong("server:\n  port: 1\n  port: 2", "The configuration file '", "found duplicate key port"),
                wrong("server:\n\tport: 1", "The configuration file '", "(Do not use \\t(TAB) for indentation)"),
                wrong(
                        "server: {idle_timeout: 5 parsecs}",
                        "server.idle_timeout is '5 parsecs'",
                        "or a bare number of seconds"),
                wrong("server: {idle_timeout: 0}", "server.idle_timeout is '0s'", "a duration from 1s to 86400s"),
                wrong(
                        "registry: {registration: {heartbeat_interval: 60}}",
                        "registry.registration.heartbeat_interval is '60s'",
                        "a duration from 1s to 30s"),
                wrong(
                        "registry: {discovery: {cache_ttl: 10, refresh_interval: 20}}",
                        "registry.discovery.refresh_interval is '20s'",
                        "a duration from 1s to 10s"),
                wrong(
                        "registry: {discovery: {enable_caching: often}}",
                        "registry.discovery.enable_caching is 'often'",
                        "true or false"),
                wrong(
                        "registry: {health_checks: {scripts_directory: checks}}",
                        "registry.health_checks.scripts_directory is",
                        "or nothing"),
                wrong(
                        "load_balancer: {default_strategy: roundrobin}",
                        "load_balancer.default_strategy is 'roundrobin'",
                        "random, p2c"),
                wrong(
                        "event_store: {statement_timeout: 9s}",
                        "event_store.socket_timeout is '8s'",
                        "from 9001ms to 600s"),
                wrong("projections: {workers: 0}", "projections.workers is '0'", "a whole number from 1 to 64"),
                wrong(
                        "database: {postgres: {url: 'mysql://ann:hidden@db/x'}}",
                        "database.postgres.url is 'mysql://***@db/x'",
                        "parameters"),
                wrong(
                        "database: {postgres: {max_connections: 4}}",
                        "database.postgres.max_connections is '4'",
                        "from 5 to 1000"),
                wrong(
                        "database: {redis: {url: 'http://:hidden@cache'}}",
                        "database.redis.url has an invalid value",
                        "rediss://…"),
                wrong(
                        "auth: {rbac: {default_role: root}}",
                        "auth.rbac.default_role is 'root'",
                        "admin, operator, viewer, service"),
                wrong(
                        "auth: {jwt: {algorithms: [HS256]}}",
                        "auth.jwt.algorithms is 'HS256', expected one of RS256",
                        "ES512"),
                wrong(
                        "monitoring: {logging: {format: xml}}",
                        "monitoring.logging.format is 'xml'",
                        "one of json, ecs, text"),
                wrong(
                        "monitoring: {metrics: {path: metrics}}",
                        "monitoring.metrics.path is 'metrics'",
                        "a path such as /metrics"),
                wrong("target: read", "target is 'read'", "one of all, command, projections, query"),
                wrong(
                        "target: query",
                        "database.postgres.url is missing, expected the URL of",
                        "serves a single process"),
                wrong(
                        "environment: Production",
                        "environment is 'Production'",
                        "lower-case letters, digits and dashes"),
                wrong(
                        "{server: {host: 0.0.0.0}, auth: {jwt: {secret: your-secret-key-here}}}",
                        "auth.jwt.secret (JWT_SECRET) has 20 bytes, expected at least 32",
                        "optional only in development on a loopback address"),
                wrong(
                        "{environment: production, auth: {jwt: {secret: " + SECRET
                                + "}, anonymous_admin_for_everyone_who_can_connect: true}}",
                        "auth.anonymous_admin_for_everyone_who_can_connect is 'true'",
                        "false, unless environment is development"));
    }

    @Test
    void configCheck_listsAllProblemsOrConfirmsValidity() throws IOException {
        var file = Files.writeString(
                directory.resolve("registry.yaml"), "{server: {prot: 1, port: -1}, target: query, colour: red}");
        assertThat(run("check", "--config", file.toString()).lines()).hasSize(4);
        assertThat(run("check", "--config", file.toString(), "--database-url", "postgresql://a@b/c")
                        .lines())
                .hasSize(3);
        var good = run("check", "--port", "8081");
        assertThat(good.code()).isZero();
        assertThat(good.lines()).containsExactly("The configuration is valid.");
    }

    @Test
    void configShow_printsEffectiveSettings() {
        var shown = run("show", "--port", "8081");
        assertThat(shown.code()).isZero();
        assertThat(shown.lines()).anySatisfy(line -> assertThat(line).matches("server.port: 8081 +# option"));
        assertThat(run("show", "--port", "x").code()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "show"})
    void configCommand_ifOutputFails_exitsWith1(String word) throws IOException {
        var gone = OutputStream.nullOutputStream();
        gone.close();
        var stream = new PrintStream(gone, true, StandardCharsets.UTF_8);
        assertThat(new ConfigCommand(stream, stream).run(List.of(word))).isEqualTo(1);
    }

    @Test
    void configCommand_withUnknownWord_exitsWith2() {
        assertThat(run().code()).isEqualTo(2);
        assertThat(run("chek").lines())
                .containsExactly("Usage: config check|show [FLAG...]; FLAG is a flag of the server");
        assertThat(run("check", "--prot", "1").lines())
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("'--prot' is not a flag"));
    }

    /** Exit code and lines of both streams. */
    private record Told(int code, List<String> lines) {}

    private static Told run(String... words) {
        var said = new ByteArrayOutputStream();
        var stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        int code = new ConfigCommand(stream, stream).run(List.of(words));
        return new Told(code, said.toString(StandardCharsets.UTF_8).lines().toList());
    }

    private static Arguments wrong(String yaml, String begin, String end) {
        return Arguments.of(yaml, begin, end);
    }
}
