package dev.aicore.discovery.server.logging;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.command.instance.EventMetadataFactory;
import dev.aicore.discovery.config.settings.LoggingSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.server.logging.LogLevelsView.LoggerLevelView;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.Choices;
import dev.aicore.discovery.web.JsonBody;
import dev.aicore.discovery.web.JsonFields;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.TextConstraint;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogLevel;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Lists, changes and sets back the levels of this process's loggers. */
@RestController
@RequestMapping(path = "/api/v1/admin/log-levels", produces = MediaType.APPLICATION_JSON_VALUE)
final class LogLevelController {

    private static final TextConstraint LOGGER = new TextConstraint(
            1,
            200,
            Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*(\\.[A-Za-z_$][A-Za-z0-9_$]*)*")
                    .asMatchPredicate(),
            "ROOT, or the name of a package or a class of at most 200 characters");
    private static final Choices<LogLevel> LEVELS = Choices.of(
            LoggingSettings.LEVELS.stream()
                    .map(level -> LogLevel.valueOf(level.toUpperCase(Locale.ROOT)))
                    .toList(),
            level -> level.name().toLowerCase(Locale.ROOT));
    private static final int DEFAULT_SECONDS = 600;
    private static final int MAX_SECONDS = 86_400;

    private final TemporaryLogLevels levels;
    private final TimeSource time;

    LogLevelController(TemporaryLogLevels levels, TimeSource time) {
        this.levels = levels;
        this.time = time;
    }

    private record LevelRequest(
            LogLevel level, Duration duration, @Nullable String reason) {}

    @GetMapping
    ResponseEntity<ApiResponse<LogLevelsView>> list(QueryParameters queryParameters) {
        queryParameters.validate();
        return ApiResponse.of(new LogLevelsView(levels.list()), time.now()).respond(HttpStatus.OK);
    }

    @PutMapping("/{logger}")
    Mono<ResponseEntity<ApiResponse<LoggerLevelView>>> change(
            @PathVariable("logger") String logger, Caller caller, JsonBody jsonBody) {
        LOGGER.require("logger", logger);
        return jsonBody.required()
                .map(LogLevelController::read)
                .map(request -> respond(levels.change(
                        logger, request.level(), request.duration(), caller.withReason(request.reason()))));
    }

    @DeleteMapping("/{logger}")
    Mono<ResponseEntity<ApiResponse<LoggerLevelView>>> reset(
            @PathVariable("logger") String logger, Caller caller, JsonBody jsonBody) {
        LOGGER.require("logger", logger);
        return EventMetadataFactory.withReasonOf(caller, jsonBody).map(by -> respond(levels.reset(logger, by)));
    }

    private static LevelRequest read(JsonFields jsonFields) {
        var level = jsonFields.choiceOrNull("level", LEVELS);
        if (!jsonFields.has("level")) {
            jsonFields.reject("level", "is required", LEVELS.expected());
        }
        int seconds = jsonFields.integerOr("duration_seconds", 1, MAX_SECONDS, DEFAULT_SECONDS);
        var reason = EventMetadataFactory.reasonIn(jsonFields);
        jsonFields.rejectUnknown();
        jsonFields.validate();
        return new LevelRequest(Objects.requireNonNull(level), Duration.ofSeconds(seconds), reason);
    }

    private ResponseEntity<ApiResponse<LoggerLevelView>> respond(LoggerLevelView view) {
        return ApiResponse.of(view, time.now()).respond(HttpStatus.OK);
    }
}
