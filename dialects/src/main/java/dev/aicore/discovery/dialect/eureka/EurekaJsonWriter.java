package dev.aicore.discovery.dialect.eureka;

import dev.aicore.discovery.dialect.eureka.EurekaAnswer.ApplicationList;
import dev.aicore.discovery.dialect.eureka.EurekaAnswer.ListedInstance;
import dev.aicore.discovery.dialect.eureka.EurekaAnswer.SingleApplication;
import dev.aicore.discovery.dialect.eureka.EurekaAnswer.SingleInstance;
import dev.aicore.discovery.dialect.eureka.EurekaInstance.EurekaDataCenter;
import dev.aicore.discovery.dialect.eureka.EurekaInstance.EurekaLease;
import dev.aicore.discovery.dialect.eureka.EurekaInstance.EurekaPort;
import dev.aicore.discovery.web.ApiJson;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes answers in JSON, with numbers and texts where Eureka's server has them. */
final class EurekaJsonWriter {

    private static final String CLASS = "@class";
    private static final String EMPTY_MAP = "java.util.Collections$EmptyMap";

    private final JsonGenerator json;

    private EurekaJsonWriter(JsonGenerator json) {
        this.json = json;
    }

    static byte[] write(EurekaAnswer answer) {
        var out = new ByteArrayOutputStream();
        try (var json = ApiJson.mapper().createGenerator(out)) {
            new EurekaJsonWriter(json).answer(answer);
        }
        return out.toByteArray();
    }

    private void answer(EurekaAnswer answer) {
        json.writeStartObject();
        switch (answer) {
            case ApplicationList list -> applications(list);
            case SingleApplication application -> {
                json.writeName("application");
                application(application.name(), application.instances(), false);
            }
            case SingleInstance single -> {
                json.writeName("instance");
                instance(single.instance());
            }
        }
        json.writeEndObject();
    }

    private void applications(ApplicationList list) {
        json.writeObjectPropertyStart("applications");
        if (!list.compact()) {
            json.writeStringProperty("versions__delta", Integer.toString(list.version()));
            json.writeStringProperty("apps__hashcode", list.hash());
        }
        json.writeArrayPropertyStart("application");
        list.applications().forEach((name, instances) -> application(name, instances, list.compact()));
        json.writeEndArray();
        json.writeEndObject();
    }

    private void application(String name, List<ListedInstance> instances, boolean compact) {
        json.writeStartObject();
        json.writeStringProperty("name", name);
        json.writeArrayPropertyStart("instance");
        instances.forEach(compact ? this::compactInstance : this::instance);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void instance(ListedInstance listed) {
        var instance = listed.instance();
        json.writeStartObject();
        text("instanceId", instance.instanceId());
        text("hostName", instance.hostName());
        text("app", instance.app());
        text("ipAddr", instance.ipAddress());
        text("status", instance.status().name());
        text("overriddenStatus", instance.overriddenStatus().name());
        port("port", instance.port());
        port("securePort", instance.securePort());
        json.writeNumberProperty("countryId", instance.countryId());
        dataCenter(instance.dataCenter());
        lease(instance.lease());
        json.writeName("metadata");
        metadata(instance.metadata());
        instance.texts().forEach(this::text);
        text("isCoordinatingDiscoveryServer", "false");
        text("lastUpdatedTimestamp", Long.toString(instance.lastUpdatedMillis()));
        text("lastDirtyTimestamp", Long.toString(instance.lastDirtyMillis()));
        text("actionType", listed.actionType().name());
        json.writeEndObject();
    }

    private void compactInstance(ListedInstance listed) {
        var instance = listed.instance();
        json.writeStartObject();
        text("instanceId", instance.instanceId());
        text("app", instance.app());
        text("ipAddr", instance.ipAddress());
        text("vipAddress", instance.texts().get("vipAddress"));
        text("secureVipAddress", instance.texts().get("secureVipAddress"));
        dataCenter(instance.dataCenter());
        text("hostName", instance.hostName());
        text("status", instance.status().name());
        json.writeNumberProperty("lastUpdatedTimestamp", instance.lastUpdatedMillis());
        text("actionType", listed.actionType().name());
        port("port", instance.port());
        port("securePort", instance.securePort());
        json.writeEndObject();
    }

    private void port(String member, EurekaPort port) {
        json.writeObjectPropertyStart(member);
        json.writeNumberProperty("$", port.number());
        text("@enabled", Boolean.toString(port.enabled()));
        json.writeEndObject();
    }

    private void dataCenter(EurekaDataCenter dataCenter) {
        json.writeObjectPropertyStart("dataCenterInfo");
        text(CLASS, dataCenter.className());
        text("name", dataCenter.name());
        if (!dataCenter.metadata().isEmpty()) {
            json.writeName("metadata");
            metadata(dataCenter.metadata());
        }
        json.writeEndObject();
    }

    private void lease(EurekaLease lease) {
        json.writeObjectPropertyStart("leaseInfo");
        json.writeNumberProperty("renewalIntervalInSecs", lease.renewalInterval());
        json.writeNumberProperty("durationInSecs", lease.duration());
        json.writeNumberProperty("registrationTimestamp", lease.registeredMillis());
        json.writeNumberProperty("lastRenewalTimestamp", lease.renewedMillis());
        json.writeNumberProperty("evictionTimestamp", 0L);
        json.writeNumberProperty("serviceUpTimestamp", lease.registeredMillis());
        json.writeEndObject();
    }

    private void metadata(Map<String, String> metadata) {
        json.writeStartObject();
        if (metadata.isEmpty()) {
            text(CLASS, EMPTY_MAP);
        }
        metadata.forEach(this::text);
        json.writeEndObject();
    }

    private void text(String member, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(member, value);
        }
    }
}
