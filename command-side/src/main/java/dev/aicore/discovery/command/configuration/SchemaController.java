package dev.aicore.discovery.command.configuration;

import dev.aicore.discovery.api.configuration.ConfigurationBook;
import dev.aicore.discovery.api.configuration.ConfigurationTag;
import dev.aicore.discovery.api.configuration.DeclareSchema;
import dev.aicore.discovery.api.configuration.DropSchema;
import dev.aicore.discovery.api.shard.Outcome.Edit;
import dev.aicore.discovery.command.configuration.ConfigurationWrites.Done;
import dev.aicore.discovery.command.instance.Envelopes;
import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Body;
import dev.aicore.discovery.config.web.Query;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Declares and drops what configurations have to be like. */
@RestController
@RequestMapping(path = SchemaController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
final class SchemaController {

    static final String PATH = ConfigurationController.PATH + "/schema";

    private final ConfigurationWrites writes;
    private final TimeSource time;

    SchemaController(ConfigurationWrites writes, TimeSource time) {
        this.writes = writes;
        this.time = time;
    }

    /** A revision of a schema, and what it took to get there. */
    record Declared(String serviceName, int revision, Edit change, Instant updatedAt) {}

    record Dropped(String serviceName, int revision, boolean deleted) {}

    @PutMapping
    Mono<ResponseEntity<Answer<Declared>>> declare(
            @PathVariable("service_name") String service, Caller caller, Body body, ServerWebExchange exchange) {
        ConfigurationWrites.requireName(service);
        var expected = ConfigurationWrites.expected(exchange.getRequest());
        return body.objectText()
                .map(schema -> new DeclareSchema(
                        ConfigurationBook.NAME,
                        service,
                        schema,
                        expected,
                        time.now(),
                        Envelopes.of(caller, body.idempotencyKey())))
                .flatMap(asked -> writes.run(exchange, caller, body, asked))
                .map(SchemaController::declared);
    }

    @DeleteMapping
    Mono<ResponseEntity<Answer<Dropped>>> drop(
            @PathVariable("service_name") String service,
            Query query,
            Caller caller,
            Body body,
            ServerWebExchange exchange) {
        ConfigurationWrites.requireName(service);
        query.orThrow();
        return Envelopes.saying(caller, body)
                .map(by -> new DropSchema(
                        ConfigurationBook.NAME,
                        service,
                        ConfigurationWrites.expected(exchange.getRequest()),
                        time.now(),
                        by))
                .flatMap(asked -> writes.run(exchange, caller, body, asked))
                .map(done -> done.answer(new Dropped(service, done.what().number(), true))
                        .respond(HttpStatus.OK));
    }

    private static ResponseEntity<Answer<Declared>> declared(Done done) {
        var what = done.what();
        return ConfigurationWrites.stored(
                done,
                new Declared(what.service(), what.number(), what.edit(), what.at()),
                ConfigurationTag.ofSchema(what.number()),
                PATH);
    }
}
