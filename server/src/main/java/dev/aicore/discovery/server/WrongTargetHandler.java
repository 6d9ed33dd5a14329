package dev.aicore.discovery.server;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.settings.ProcessSettings.ProcessTarget;
import java.lang.reflect.Method;
import java.util.Objects;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Answers requests for a side that this process doesn't run. */
final class WrongTargetHandler {

    static final Method ANSWER = Objects.requireNonNull(
            ReflectionUtils.findMethod(WrongTargetHandler.class, "answer", ServerWebExchange.class));

    private final ProcessTarget runningTarget;
    private final ProcessTarget requiredTarget;

    WrongTargetHandler(ProcessTarget runningTarget, ProcessTarget requiredTarget) {
        this.runningTarget = runningTarget;
        this.requiredTarget = requiredTarget;
    }

    Mono<Void> answer(ServerWebExchange exchange) {
        return Mono.error(() -> new RegistryException(
                ErrorCode.NOT_FOUND,
                "This process runs the target '%s'; %s at this path is served by a process that runs '%s' or 'all'."
                        .formatted(
                                runningTarget.settingName(),
                                exchange.getRequest().getMethod(),
                                requiredTarget.settingName())));
    }
}
