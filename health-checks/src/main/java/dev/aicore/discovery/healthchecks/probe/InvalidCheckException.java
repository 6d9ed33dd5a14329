package dev.aicore.discovery.healthchecks.probe;

import dev.aicore.discovery.api.health.CheckFailureCode;

/** A check that can't be run as it is declared. The message is the field that is wrong. */
final class InvalidCheckException extends Exception {
    InvalidCheckException(String field) {
        super(field, null, false, false);
    }

    ProbeResult result() {
        return ProbeResult.fail(CheckFailureCode.INVALID, String.valueOf(getMessage()));
    }
}
