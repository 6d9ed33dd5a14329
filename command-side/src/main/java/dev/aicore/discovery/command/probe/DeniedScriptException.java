package dev.aicore.discovery.command.probe;

/** A script that may not be run. The message is why, in a word or two. */
final class DeniedScriptException extends Exception {
    DeniedScriptException(String why) {
        super(why, null, false, false);
    }

    ProbeResult result() {
        return ProbeResult.fail(ProbeFailure.DENIED, String.valueOf(getMessage()));
    }
}
