package dev.aicore.discovery.command.configuration;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.access.RequestReason;
import dev.aicore.discovery.api.Outcome.Edit;
import dev.aicore.discovery.api.configuration.ConfigurationCommand.DeleteConfiguration;
import dev.aicore.discovery.api.configuration.ConfigurationCommand.RollBackConfiguration;
import dev.aicore.discovery.api.configuration.ConfigurationCommand.StoreConfiguration;
import dev.aicore.discovery.api.configuration.ConfigurationETag;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationStream;
import dev.aicore.discovery.command.configuration.ConfigurationCommandExecutor.WriteResult;
import dev.aicore.discovery.command.instance.EventMetadataFactory;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.JsonBody;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.TypedJsonBody;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
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

    private final ConfigurationCommandExecutor executor;
    private final TimeSource time;

    ConfigurationController(ConfigurationCommandExecutor executor, TimeSource time) {
        this.executor = executor;
        this.time = time;
    }

    /** Stored version and the kind of change. */
    record StoreResponse(String serviceName, int version, Edit change, Instant updatedAt) {}

    record DeleteResponse(String serviceName, int version, boolean deleted) {}

    record RollBackRequest(
            @Min(1) @Max(Integer.MAX_VALUE) Integer version,

            @Size(min = 1, max = RequestReason.MAX_LENGTH) @Nullable
            String reason) {}

    @PutMapping
    Mono<ResponseEntity<ApiResponse<StoreResponse>>> store(
            @PathVariable("service_name") String service,
            Caller caller,
            JsonBody jsonBody,
            ServerWebExchange exchange) {
        ConfigurationCommandExecutor.requireName(service);
        var precondition = ConfigurationCommandExecutor.expected(exchange.getRequest());
        return jsonBody.objectText()
                .map(content -> new StoreConfiguration(
                        ConfigurationStream.NAME,
                        service,
                        content,
                        precondition,
                        time.now(),
                        EventMetadataFactory.of(caller, jsonBody.idempotencyKey())))
                .flatMap(command -> executor.run(exchange, caller, jsonBody, command))
                .map(ConfigurationController::respondStored);
    }

    @PostMapping("/rollback")
    Mono<ResponseEntity<ApiResponse<StoreResponse>>> rollBack(
            @PathVariable("service_name") String service,
            Caller caller,
            TypedJsonBody<RollBackRequest> body,
            ServerWebExchange exchange) {
        ConfigurationCommandExecutor.requireName(service);
        var jsonBody = body.jsonBody();
        return body.required()
                .map(request -> new RollBackConfiguration(
                        ConfigurationStream.NAME,
                        service,
                        request.version(),
                        ConfigurationCommandExecutor.expected(exchange.getRequest()),
                        time.now(),
                        EventMetadataFactory.of(caller.withReason(request.reason()), jsonBody.idempotencyKey())))
                .flatMap(command -> executor.run(exchange, caller, jsonBody, command))
                .map(ConfigurationController::respondStored);
    }

    @DeleteMapping
    Mono<ResponseEntity<ApiResponse<DeleteResponse>>> delete(
            @PathVariable("service_name") String service,
            QueryParameters queryParameters,
            Caller caller,
            JsonBody jsonBody,
            ServerWebExchange exchange) {
        ConfigurationCommandExecutor.requireName(service);
        queryParameters.validate();
        return EventMetadataFactory.withReason(caller, jsonBody)
                .map(metadata -> new DeleteConfiguration(
                        ConfigurationStream.NAME,
                        service,
                        ConfigurationCommandExecutor.expected(exchange.getRequest()),
                        time.now(),
                        metadata))
                .flatMap(command -> executor.run(exchange, caller, jsonBody, command))
                .map(writeResult -> writeResult
                        .toResponse(
                                new DeleteResponse(service, writeResult.what().number(), true))
                        .respond(HttpStatus.OK));
    }

    private static ResponseEntity<ApiResponse<StoreResponse>> respondStored(WriteResult writeResult) {
        var what = writeResult.what();
        return ConfigurationCommandExecutor.stored(
                writeResult,
                new StoreResponse(what.service(), what.number(), what.edit(), what.at()),
                ConfigurationETag.ofVersion(what.number()),
                PATH);
    }
}
