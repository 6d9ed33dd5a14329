package dev.aicore.discovery.bridge.consul;

import dev.aicore.discovery.config.settings.BridgeDefinition;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Options of a bridge to Consul.
 *
 * @param address URL of an agent or server
 * @param datacenters datacenters that are read; empty for that of the agent
 * @param tokenFile file with an ACL token; null for none
 * @param throughAgent true to register at the agent, false to register in the catalog
 * @param node name of the external node that has what is registered in the catalog
 * @param ca PEM file with the issuers of the certificate; null for those that Java trusts
 */
record ConsulOptions(
        URI address,
        List<String> datacenters,
        @Nullable Path tokenFile,
        boolean throughAgent,
        String node,
        @Nullable Path ca) {

    private static final String ADDRESS = "https?://[A-Za-z0-9._:\\[\\]-]+:[0-9]{1,5}";
    private static final String NODE = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final String DATACENTER = "[a-z0-9_-]{1,64}";

    static ConsulOptions of(BridgeDefinition definition) {
        if (!definition.text("address", "").matches(ADDRESS)) {
            throw definition.invalid("address", "a URL such as http://consul-1:8500");
        }
        var datacenters = definition.texts("datacenter");
        for (var datacenter : datacenters) {
            if (!datacenter.matches(DATACENTER)) {
                throw definition.invalid("datacenter", "names of datacenters, such as dc1");
            }
        }
        if (definition.exports() && datacenters.size() > 1) {
            throw definition.invalid("datacenter", "one datacenter, since the bridge exports to it");
        }
        var target = definition.text("register", "catalog");
        if (!List.of("catalog", "agent").contains(target)) {
            throw definition.invalid("register", "catalog or agent");
        }
        var node = definition.text("node", "service-discovery-" + definition.name());
        if (!node.matches(NODE)) {
            throw definition.invalid("node", "1 to 63 of A-Z a-z 0-9 and -");
        }
        return new ConsulOptions(
                URI.create(definition.text("address", "")),
                datacenters,
                file(definition, "token-file"),
                target.equals("agent"),
                node,
                file(definition, "ca"));
    }

    private static @Nullable Path file(BridgeDefinition definition, String option) {
        var name = definition.textOrNull(option);
        if (name != null && !Files.isReadable(Path.of(name))) {
            throw definition.invalid(option, "a readable file");
        }
        return name == null ? null : Path.of(name);
    }

    /** Returns the datacenters to read; one that is empty is that of the agent. */
    List<String> readDatacenters() {
        return datacenters.isEmpty() ? List.of("") : datacenters;
    }
}
