package dev.aicore.discovery.config.settings;

import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the Consul dialect.
 *
 * @param enabled false = no routes below /v1
 * @param datacenter name of the only datacenter, at most 63 of a-z 0-9 _ -
 * @param nodeName name of the only node, which is the registry itself, at most 63 of A-Z a-z 0-9 . _ -
 * @param nodeAddress host name or IP address of that node
 * @param maxCachedAnswers 0B to 1GB; maximum size of the answers about single services that are kept for the next
 *     caller
 */
@ConfigurationProperties("service-discovery.dialects.consul")
public record ConsulSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("dc1") String datacenter,
        @DefaultValue("registry") String nodeName,
        @DefaultValue("127.0.0.1") String nodeAddress,
        @DefaultValue("16MB") DataSize maxCachedAnswers) {

    private static final Pattern DATACENTER = Pattern.compile("[a-z0-9_-]{1,63}");
    private static final Pattern NODE_NAME = Pattern.compile("[A-Za-z0-9._-]{1,63}");
    private static final Pattern NODE_ADDRESS = Pattern.compile("[A-Za-z0-9.:-]{1,253}");

    public ConsulSettings {
        require("dialects.consul.datacenter", datacenter, DATACENTER, "1 to 63 of a-z 0-9 _ -");
        require("dialects.consul.node_name", nodeName, NODE_NAME, "1 to 63 of A-Z a-z 0-9 . _ -");
        require("dialects.consul.node_address", nodeAddress, NODE_ADDRESS, "a host name or an IP address");
        maxCachedAnswers = SettingConstraints.between(
                "dialects.consul.max_cached_answers", maxCachedAnswers, DataSize.ofBytes(0), DataSize.ofGigabytes(1));
    }

    private static void require(String key, String value, Pattern form, String expected) {
        if (!form.matcher(value).matches()) {
            throw InvalidSettingException.of(key, value, expected);
        }
    }
}
