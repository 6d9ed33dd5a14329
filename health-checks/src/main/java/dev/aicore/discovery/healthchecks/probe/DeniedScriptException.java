package dev.aicore.discovery.healthchecks.probe;

import dev.aicore.discovery.api.health.CheckFailureCode;

/** Reports a script that must not be run. The message is the reason, in one or two words. */
final class DeniedScriptException extends Exception {
    DeniedScriptException(String reason) {
        super(reason, null, false, false);
    }

    ProbeResult result() {
        return ProbeResult.fail(CheckFailureCode.DENIED, String.valueOf(getMessage()));
    }
}
