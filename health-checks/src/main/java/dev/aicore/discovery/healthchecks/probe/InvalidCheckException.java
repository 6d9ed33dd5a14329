package dev.aicore.discovery.healthchecks.probe;

import dev.aicore.discovery.api.health.CheckFailureCode;

/** Reports a check that can't be run as declared. The message is the invalid field. */
final class InvalidCheckException extends Exception {
    InvalidCheckException(String field) {
        super(field, null, false, false);
    }

    ProbeResult result() {
        return ProbeResult.fail(CheckFailureCode.INVALID, String.valueOf(getMessage()));
    }
}
