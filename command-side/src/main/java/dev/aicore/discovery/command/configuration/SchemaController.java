package dev.aicore.discovery.command.configuration;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.Outcome.Edit;
import dev.aicore.discovery.api.configuration.ConfigurationCommand.DeclareSchema;
import dev.aicore.discovery.api.configuration.ConfigurationCommand.DropSchema;
import dev.aicore.discovery.api.configuration.ConfigurationETag;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationStream;
import dev.aicore.discovery.command.configuration.ConfigurationCommandExecutor.WriteResult;
import dev.aicore.discovery.command.instance.EventMetadataFactory;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.JsonBody;
import dev.aicore.discovery.web.QueryParameters;
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

/** Declares and drops the schemas of configurations. */
@RestController
@RequestMapping(path = SchemaController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
final class SchemaController {

    static final String PATH = ConfigurationController.PATH + "/schema";

    private final ConfigurationCommandExecutor executor;
    private final TimeSource time;

    SchemaController(ConfigurationCommandExecutor executor, TimeSource time) {
        this.executor = executor;
        this.time = time;
    }

    /** Declared revision of a schema and the kind of change. */
    record DeclareResponse(String serviceName, int revision, Edit change, Instant updatedAt) {}

    record DropResponse(String serviceName, int revision, boolean deleted) {}

    @PutMapping
    Mono<ResponseEntity<ApiResponse<DeclareResponse>>> declare(
            @PathVariable("service_name") String service,
            Caller caller,
            JsonBody jsonBody,
            ServerWebExchange exchange) {
        ConfigurationCommandExecutor.requireName(service);
        var precondition = ConfigurationCommandExecutor.expected(exchange.getRequest());
        return jsonBody.objectText()
                .map(schema -> new DeclareSchema(
                        ConfigurationStream.NAME,
                        service,
                        schema,
                        precondition,
                        time.now(),
                        EventMetadataFactory.of(caller, jsonBody.idempotencyKey())))
                .flatMap(command -> executor.run(exchange, caller, jsonBody, command))
                .map(SchemaController::respondDeclared);
    }

    @DeleteMapping
    Mono<ResponseEntity<ApiResponse<DropResponse>>> drop(
            @PathVariable("service_name") String service,
            QueryParameters queryParameters,
            Caller caller,
            JsonBody jsonBody,
            ServerWebExchange exchange) {
        ConfigurationCommandExecutor.requireName(service);
        queryParameters.validate();
        return EventMetadataFactory.withReason(caller, jsonBody)
                .map(metadata -> new DropSchema(
                        ConfigurationStream.NAME,
                        service,
                        ConfigurationCommandExecutor.expected(exchange.getRequest()),
                        time.now(),
                        metadata))
                .flatMap(command -> executor.run(exchange, caller, jsonBody, command))
                .map(writeResult -> writeResult
                        .toResponse(new DropResponse(service, writeResult.what().number(), true))
                        .respond(HttpStatus.OK));
    }

    private static ResponseEntity<ApiResponse<DeclareResponse>> respondDeclared(WriteResult writeResult) {
        var what = writeResult.what();
        return ConfigurationCommandExecutor.stored(
                writeResult,
                new DeclareResponse(what.service(), what.number(), what.edit(), what.at()),
                ConfigurationETag.ofSchema(what.number()),
                PATH);
    }
}
