package dev.aicore.discovery.bridge.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

/** Reasons of failures, as operators need them. */
final class FailureReasons {

    private FailureReasons() {}

    /** Returns status and message of the API, or the cause at the bottom, such as an untrusted certificate. */
    static String of(Throwable failure) {
        var root = failure;
        KubernetesClientException ofApi = null;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            root = cause;
            if (ofApi == null && cause instanceof KubernetesClientException exception && exception.getCode() > 0) {
                ofApi = exception;
            }
        }
        return ofApi == null
                ? root.getClass().getSimpleName() + ": " + root.getMessage()
                : ofApi.getCode() + " " + ofApi.getMessage();
    }
}
