package dev.aicore.discovery.command.configuration;

import dev.aicore.discovery.api.configuration.ConfigurationBook;
import dev.aicore.discovery.api.configuration.ConfigurationTag;
import dev.aicore.discovery.api.configuration.DeleteConfiguration;
import dev.aicore.discovery.api.configuration.RollBackConfiguration;
import dev.aicore.discovery.api.configuration.StoreConfiguration;
import dev.aicore.discovery.api.shard.Outcome.Edit;
import dev.aicore.discovery.command.configuration.ConfigurationWrites.Done;
import dev.aicore.discovery.command.instance.Envelopes;
import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Body;
import dev.aicore.discovery.config.web.Fields;
import dev.aicore.discovery.config.web.Query;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Stores, rolls back and deletes configurations. */
@RestController
@RequestMapping(path = ConfigurationController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
final class ConfigurationController {

    static final String PATH = "/api/v1/configurations/{service_name}";

    private final ConfigurationWrites writes;
    private final TimeSource time;

    ConfigurationController(ConfigurationWrites writes, TimeSource time) {
        this.writes = writes;
        this.time = time;
    }

    /** A version, and what it took to get there. */
    record Written(String serviceName, int version, Edit change, Instant updatedAt) {}

    record Deleted(String serviceName, int version, boolean deleted) {}

    @PutMapping
    Mono<ResponseEntity<Answer<Written>>> store(
            @PathVariable("service_name") String service, Caller caller, Body body, ServerWebExchange exchange) {
        ConfigurationWrites.requireName(service);
        var expected = ConfigurationWrites.expected(exchange.getRequest());
        return body.objectText()
                .map(content -> new StoreConfiguration(
                        ConfigurationBook.NAME,
                        service,
                        content,
                        expected,
                        time.now(),
                        Envelopes.of(caller, body.idempotencyKey())))
                .flatMap(asked -> writes.run(exchange, caller, body, asked))
                .map(ConfigurationController::written);
    }

    @PostMapping("/rollback")
    Mono<ResponseEntity<Answer<Written>>> rollBack(
            @PathVariable("service_name") String service, Caller caller, Body body, ServerWebExchange exchange) {
        ConfigurationWrites.requireName(service);
        return body.required()
                .map(fields -> read(service, fields, caller, body, exchange))
                .flatMap(asked -> writes.run(exchange, caller, body, asked))
                .map(ConfigurationController::written);
    }

    @DeleteMapping
    Mono<ResponseEntity<Answer<Deleted>>> delete(
            @PathVariable("service_name") String service,
            Query query,
            Caller caller,
            Body body,
            ServerWebExchange exchange) {
        ConfigurationWrites.requireName(service);
        query.orThrow();
        return Envelopes.saying(caller, body)
                .map(by -> new DeleteConfiguration(
                        ConfigurationBook.NAME,
                        service,
                        ConfigurationWrites.expected(exchange.getRequest()),
                        time.now(),
                        by))
                .flatMap(asked -> writes.run(exchange, caller, body, asked))
                .map(done -> done.answer(new Deleted(service, done.what().number(), true))
                        .respond(HttpStatus.OK));
    }

    private RollBackConfiguration read(
            String service, Fields fields, Caller caller, Body body, ServerWebExchange exchange) {
        int version = fields.integer("version", 1, Integer.MAX_VALUE);
        var reason = Envelopes.reasonIn(fields);
        fields.rejectUnknown();
        fields.orThrow();
        return new RollBackConfiguration(
                ConfigurationBook.NAME,
                service,
                version,
                ConfigurationWrites.expected(exchange.getRequest()),
                time.now(),
                Envelopes.of(caller.because(reason), body.idempotencyKey()));
    }

    private static ResponseEntity<Answer<Written>> written(Done done) {
        var what = done.what();
        return ConfigurationWrites.stored(
                done,
                new Written(what.service(), what.number(), what.edit(), what.at()),
                ConfigurationTag.ofVersion(what.number()),
                PATH);
    }
}
