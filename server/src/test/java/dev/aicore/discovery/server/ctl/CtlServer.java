package dev.aicore.discovery.server.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.server.ServiceDiscovery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Registry in this process, to be administered by the tool. */
final class CtlServer implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String base;

    private CtlServer(ConfigurableApplicationContext context) {
        this.context = context;
        this.base = "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    static CtlServer start(Path dataDir, String... options) {
        var all = new ArrayList<>(List.of(options));
        all.add("--service-discovery.server.port=0");
        all.add("--service-discovery.data-dir=" + dataDir);
        return new CtlServer(ServiceDiscovery.application().run(all.toArray(String[]::new)));
    }

    /** Result of the tool. */
    record Done(int code, String out, String err) {

        Done ok() {
            assertThat(code).as(out + err).isZero();
            return this;
        }

        JsonNode json() {
            return JSON.readTree(ok().out());
        }
    }

    /** Response. */
    record Reply(int status, JsonNode body) {

        long position() {
            assertThat(status).as(body.toString()).isBetween(200, 299);
            return body.at("/meta/position").asLong();
        }
    }

    String base() {
        return base;
    }

    Done ctl(String... words) {
        return ctl(Map.of("SERVICE_DISCOVERY_URL", base), words);
    }

    static Done ctl(Map<String, String> environment, String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = CtlApplication.run(
                List.of(words),
                environment,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Done(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Writes, and returns once the read models reflect the write. */
    long write(String method, String path, String json) {
        long position = send(base, method, path, json).position();
        assertThat(send(base, "GET", "/api/v1/services?limit=1&wait=30s&min_position=" + position, "")
                        .status())
                .isEqualTo(200);
        assertThat(send(base, "GET", "/api/v1/services?limit=1&wait=30s&at=" + position, "")
                        .status())
                .isEqualTo(200);
        return position;
    }

    Reply send(String at, String method, String path, String json) {
        try {
            var response = http.send(
                    HttpRequest.newBuilder(URI.create(at + path))
                            .timeout(Duration.ofSeconds(60))
                            .header("Content-Type", "application/json")
                            .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
                            .build(),
                    BodyHandlers.ofString());
            var body = JSON.readTree(response.body());
            if (body instanceof ObjectNode problem) {
                problem.remove("request_id");
            }
            return new Reply(response.statusCode(), body);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    void sql(String statement) {
        try (var connection = bean(DataSource.class).getConnection();
                var execute = connection.createStatement()) {
            execute.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
