package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.web.JsonBody;
import dev.aicore.discovery.web.StrictJsonParser;

/** Reads the value of a configuration's key: a JSON object, or a YAML mapping, which becomes one. */
final class ConfigurationValue {

    private ConfigurationValue() {}

    /**
     * Returns the value as JSON, unchanged if it is JSON.
     *
     * @throws RegistryException {@code body_too_large}, {@code malformed_json} or {@code validation_failed}
     */
    static byte[] toJson(byte[] value) {
        if (value.length > JsonBody.MAX_BYTES) {
            throw new RegistryException(
                    ErrorCode.BODY_TOO_LARGE, "A configuration may have at most " + JsonBody.MAX_BYTES + " bytes.");
        }
        try {
            StrictJsonParser.read(value);
            return value;
        } catch (RegistryException notJson) {
            return fromYaml(value, notJson);
        }
    }

    private static byte[] fromYaml(byte[] value, RegistryException notJson) {
        try {
            return YamlConverter.toJson(value);
        } catch (RegistryException notYaml) {
            throw isJsonObject(value) ? notJson : notYaml;
        }
    }

    /** Returns true if the value begins as a JSON object does, so that its errors are those of JSON. */
    private static boolean isJsonObject(byte[] value) {
        for (byte one : value) {
            if (one > ' ') {
                return one == '{';
            }
        }
        return false;
    }
}
