package dev.aicore.discovery.server.dialect;

import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Registrations as Spring's and Node's Eureka clients send them. */
final class EurekaDocument {

    private static final JsonMapper JSON = new JsonMapper();

    private final ObjectNode instance;

    private EurekaDocument(String json) {
        this.instance = (ObjectNode) JSON.readTree(json);
    }

    /** Returns the document of Spring's client. */
    static EurekaDocument ofSpring(String app, String id) {
        return new EurekaDocument("""
                {"instanceId": "%2$s", "app": "%1$s", "appGroupName": null, "ipAddr": "192.0.2.2", "sid": "na",
                 "homePageUrl": "http://192.0.2.2:8080/", "statusPageUrl": "http://192.0.2.2:8080/actuator/info",
                 "healthCheckUrl": "http://192.0.2.2:8080/actuator/health", "secureHealthCheckUrl": null,
                 "vipAddress": "%3$s", "secureVipAddress": "%3$s", "countryId": 1,
                 "dataCenterInfo": {"@class": "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo", "name": "MyOwn"},
                 "hostName": "192.0.2.2", "status": "UP", "overriddenStatus": "UNKNOWN",
                 "leaseInfo": {"renewalIntervalInSecs": 30, "durationInSecs": 90, "registrationTimestamp": 0,
                               "lastRenewalTimestamp": 0, "evictionTimestamp": 0, "serviceUpTimestamp": 0},
                 "isCoordinatingDiscoveryServer": false, "metadata": {"management.port": "8080"},
                 "lastUpdatedTimestamp": 1796076353268, "lastDirtyTimestamp": 1796076353269, "actionType": null,
                 "asgName": null, "port": {"$": 8080, "@enabled": "true"}, "securePort": {"$": 443, "@enabled": "false"}}
                """.formatted(app, id, vip(app)));
    }

    /** Returns the document of eureka-js-client. */
    static EurekaDocument ofNode(String app, String host) {
        return new EurekaDocument("""
                {"app": "%s", "hostName": "%s", "ipAddr": "127.0.0.1", "vipAddress": "desk.example",
                 "statusPageUrl": "http://localhost:8080/info", "port": {"$": 8080, "@enabled": true},
                 "dataCenterInfo": {"@class": "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo", "name": "MyOwn"},
                 "status": "UP"}
                """.formatted(app, host));
    }

    private static String vip(String app) {
        var words = app.toLowerCase(Locale.ROOT).split("-", -1);
        for (int i = 0; i < words.length; i++) {
            words[i] = words[i].substring(0, 1).toUpperCase(Locale.ROOT) + words[i].substring(1);
        }
        return String.join("-", words);
    }

    /** Sets a member, given as JSON. */
    EurekaDocument with(String member, String json) {
        instance.set(member, JSON.readTree(json));
        return this;
    }

    EurekaDocument without(String member) {
        instance.remove(member);
        return this;
    }

    String json() {
        return JSON.createObjectNode().set("instance", instance).toString();
    }
}
