package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.dialect.DialectMetrics;
import dev.aicore.discovery.web.JsonBody;
import dev.aicore.discovery.web.StrictJsonParser;
import java.util.Locale;
import java.util.Objects;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Serves the writes of checks: reports of TTL checks, and checks that are added or removed later. */
@RestController
@RequestMapping("/v1/agent/check")
final class AgentCheckController {

    private final CheckReporter reporter;
    private final CheckDeclarer declarer;
    private final DialectMetrics metrics;

    AgentCheckController(CheckReporter reporter, CheckDeclarer declarer, DialectMetrics metrics) {
        this.reporter = reporter;
        this.declarer = declarer;
        this.metrics = metrics;
    }

    @PutMapping("/pass/{id}")
    Mono<ResponseEntity<Void>> pass(@PathVariable String id, Caller caller, ServerWebExchange exchange) {
        return report("pass", id, CheckStatus.PASSING, caller, exchange);
    }

    @PutMapping("/warn/{id}")
    Mono<ResponseEntity<Void>> warn(@PathVariable String id, Caller caller, ServerWebExchange exchange) {
        return report("warn", id, CheckStatus.WARNING, caller, exchange);
    }

    @PutMapping("/fail/{id}")
    Mono<ResponseEntity<Void>> fail(@PathVariable String id, Caller caller, ServerWebExchange exchange) {
        return report("fail", id, CheckStatus.CRITICAL, caller, exchange);
    }

    private Mono<ResponseEntity<Void>> report(
            String operation, String id, CheckStatus status, Caller caller, ServerWebExchange exchange) {
        var note = Objects.requireNonNullElse(
                exchange.getRequest().getQueryParams().getFirst("note"), "");
        return ConsulReplies.empty(metrics, operation, reporter.report(id, status, note, caller, exchange));
    }

    @PutMapping("/update/{id}")
    Mono<ResponseEntity<Void>> update(
            @PathVariable String id, JsonBody jsonBody, Caller caller, ServerWebExchange exchange) {
        var work = jsonBody.bytes(JsonBody.MAX_BYTES).flatMap(bytes -> {
            var fields = new DocumentFields(StrictJsonParser.read(bytes));
            var status = status(fields.text("Status"));
            var output = fields.text("Output");
            fields.rejectUnknown();
            return reporter.report(id, status, output, caller, exchange);
        });
        return ConsulReplies.empty(metrics, "update", work);
    }

    private static CheckStatus status(String text) {
        return switch (text) {
            case "passing", "warning", "critical" -> CheckStatus.valueOf(text.toUpperCase(Locale.ROOT));
            default -> throw ConsulRefusals.invalid("Invalid check status: '" + text + "'");
        };
    }

    @PutMapping("/register")
    Mono<ResponseEntity<Void>> register(JsonBody jsonBody, Caller caller, ServerWebExchange exchange) {
        var work = jsonBody.bytes(JsonBody.MAX_BYTES)
                .flatMap(bytes -> declarer.add(new DocumentFields(StrictJsonParser.read(bytes)), caller, exchange));
        return ConsulReplies.empty(metrics, "check_register", work);
    }

    @PutMapping("/deregister/{id}")
    Mono<ResponseEntity<Void>> deregister(@PathVariable String id, Caller caller, ServerWebExchange exchange) {
        return ConsulReplies.empty(metrics, "check_deregister", declarer.remove(id, caller, exchange));
    }

    /** Returns true if an instance reports the status of its check itself. */
    static boolean reportsItself(InstanceView view) {
        var check = view.healthCheck();
        return check == null || !check.checksActively() || !view.metadata().containsKey(ConsulMetadata.ID);
    }
}
