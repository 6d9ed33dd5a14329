package dev.aicore.discovery.healthchecks.probe;

import dev.aicore.discovery.api.health.CheckFailureCode;

/** A script that may not be run. The message is why, in a word or two. */
final class DeniedScriptException extends Exception {
    DeniedScriptException(String why) {
        super(why, null, false, false);
    }

    ProbeResult result() {
        return ProbeResult.fail(CheckFailureCode.DENIED, String.valueOf(getMessage()));
    }
}
