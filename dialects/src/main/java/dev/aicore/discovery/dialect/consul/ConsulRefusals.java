package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;

/** Creates the refusals of this dialect, with the sentences that Consul uses where its clients may look for them. */
final class ConsulRefusals {

    /** Refusal of requests for another datacenter. */
    static final String NO_PATH = "No path to datacenter";

    private ConsulRefusals() {}

    /** Refuses a request with 400. */
    static RegistryException invalid(String sentence) {
        return new RegistryException(ErrorCode.VALIDATION_FAILED, sentence);
    }

    /** Refuses a document that can't be decoded. */
    static RegistryException undecodable(String problem) {
        return invalid("Request decode failed: " + problem);
    }

    /** Refuses a check that can't be run as declared. */
    static RegistryException invalidCheck(String problem) {
        return invalid("Invalid check: " + problem);
    }

    /** Refuses a request for another datacenter, of which there is only one. */
    static RegistryException noPath() {
        return invalid(NO_PATH);
    }

    static RegistryException unknownCheck(String checkId) {
        return new RegistryException(
                ErrorCode.NOT_FOUND,
                "Unknown check ID \"" + checkId + "\". Ensure that the check ID is passed, not the check name.");
    }

    static RegistryException unknownService(String id) {
        return new RegistryException(
                ErrorCode.NOT_FOUND,
                "Unknown service ID \"" + id + "\". Ensure that the service ID is passed, not the service name.");
    }

    /** Returns true for the refusal of a write to an instance that isn't present. */
    static boolean isAbsent(Throwable failure) {
        return isUnknown(failure)
                || (failure instanceof RegistryException refusal && refusal.code() == ErrorCode.INSTANCE_DEREGISTERED);
    }

    /** Returns true for the refusal of a write to an instance that the registry doesn't know at all. */
    static boolean isUnknown(Throwable failure) {
        return failure instanceof RegistryException refusal && refusal.code() == ErrorCode.UNKNOWN_INSTANCE;
    }
}
