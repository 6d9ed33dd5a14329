package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.dialect.consul.filter.FilterField;
import dev.aicore.discovery.dialect.consul.filter.FilterField.ListField;
import dev.aicore.discovery.dialect.consul.filter.FilterField.SizeField;
import dev.aicore.discovery.dialect.consul.filter.FilterField.TextField;
import dev.aicore.discovery.dialect.consul.filter.FilterFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Selectors of filters, per kind of document. */
final class ConsulFilterFields {

    private final FilterFields<ConsulInstance> healthEntries;
    private final FilterFields<ConsulInstance> catalogEntries;
    private final FilterFields<ConsulInstance> agentServices;
    private final FilterFields<CheckRow> checks;

    /** Check with its instance. */
    record CheckRow(ConsulInstance instance, ConsulCheck check) {

        /** Returns the checks of an instance. */
        static Stream<CheckRow> of(ConsulInstance instance) {
            return instance.checks().stream().map(check -> new CheckRow(instance, check));
        }
    }

    ConsulFilterFields(ConsulNode node) {
        this.healthEntries = new FilterFields<>(healthEntries(node));
        this.catalogEntries = new FilterFields<>(catalogEntries(node));
        this.agentServices = new FilterFields<>(service("", "Service", "Tags"));
        this.checks = new FilterFields<>(checks(node));
    }

    /** Returns the selectors of {@code health/service}. */
    FilterFields<ConsulInstance> healthEntries() {
        return healthEntries;
    }

    /** Returns the selectors of {@code catalog/service}. */
    FilterFields<ConsulInstance> catalogEntries() {
        return catalogEntries;
    }

    /** Returns the selectors of {@code agent/services}. */
    FilterFields<ConsulInstance> agentServices() {
        return agentServices;
    }

    /** Returns the selectors of lists of checks. */
    FilterFields<CheckRow> checks() {
        return checks;
    }

    private static Map<String, FilterField<ConsulInstance>> healthEntries(ConsulNode node) {
        var fields = new LinkedHashMap<String, FilterField<ConsulInstance>>();
        fields.put("Node.ID", FilterField.text(_ -> node.id()));
        fields.put("Node.Node", FilterField.text(_ -> node.name()));
        fields.put("Node.Address", FilterField.text(ConsulInstance::nodeAddress));
        fields.put("Node.Datacenter", FilterField.text(_ -> node.datacenter()));
        fields.put("Node.Meta", FilterField.map(_ -> Map.of()));
        fields.putAll(service("Service.", "Service.Service", "Service.Tags"));
        fields.put(
                "Checks", new SizeField<>(instance -> List.of(instance.checks().size())));
        fields.put("Checks.Node", eachCheck(_ -> node.name()));
        fields.put("Checks.CheckID", eachCheck(ConsulCheck::id));
        fields.put("Checks.Name", eachCheck(ConsulCheck::name));
        fields.put("Checks.Status", eachCheck(check -> check.status().jsonName()));
        fields.put("Checks.Notes", eachCheck(ConsulCheck::notes));
        fields.put("Checks.Output", eachCheck(ConsulCheck::output));
        fields.put("Checks.Type", eachCheck(ConsulCheck::type));
        fields.put("Checks.ServiceID", perCheck(ConsulInstance::id));
        fields.put("Checks.ServiceName", perCheck(ConsulInstance::service));
        fields.put(
                "Checks.ServiceTags",
                new ListField<>(instance ->
                        instance.checks().stream().map(_ -> instance.tags()).toList()));
        return fields;
    }

    private static Map<String, FilterField<ConsulInstance>> catalogEntries(ConsulNode node) {
        var fields = new LinkedHashMap<String, FilterField<ConsulInstance>>();
        fields.put("ID", FilterField.text(_ -> node.id()));
        fields.put("Node", FilterField.text(_ -> node.name()));
        fields.put("Address", FilterField.text(ConsulInstance::nodeAddress));
        fields.put("Datacenter", FilterField.text(_ -> node.datacenter()));
        fields.put("NodeMeta", FilterField.map(_ -> Map.of()));
        fields.putAll(service("Service", "ServiceName", "ServiceTags"));
        return fields;
    }

    private static Map<String, FilterField<ConsulInstance>> service(String prefix, String name, String tags) {
        var fields = new LinkedHashMap<String, FilterField<ConsulInstance>>();
        fields.put(prefix + "ID", FilterField.text(ConsulInstance::id));
        fields.put(name, FilterField.text(ConsulInstance::service));
        fields.put(tags, FilterField.list(ConsulInstance::tags));
        fields.put(prefix + "Meta", FilterField.map(ConsulInstance::meta));
        fields.put(prefix + "Port", FilterField.number(instance -> (long) instance.port()));
        fields.put(prefix + "Address", FilterField.text(ConsulInstance::address));
        fields.put(
                prefix + "Kind",
                FilterField.text(instance -> instance.rest().path("Kind").asString("")));
        fields.put(prefix + "EnableTagOverride", FilterField.flag(ConsulInstance::isTagOverrideEnabled));
        fields.put(prefix + "Weights.Passing", FilterField.number(instance -> (long) instance.passingWeight()));
        fields.put(prefix + "Weights.Warning", FilterField.number(instance -> (long) instance.warningWeight()));
        fields.put(prefix + "ModifyIndex", FilterField.number(ConsulInstance::index));
        return fields;
    }

    private static Map<String, FilterField<CheckRow>> checks(ConsulNode node) {
        var fields = new LinkedHashMap<String, FilterField<CheckRow>>();
        fields.put("Node", FilterField.text(_ -> node.name()));
        fields.put("CheckID", FilterField.text(row -> row.check().id()));
        fields.put("Name", FilterField.text(row -> row.check().name()));
        fields.put("Status", FilterField.text(row -> row.check().status().jsonName()));
        fields.put("Notes", FilterField.text(row -> row.check().notes()));
        fields.put("Output", FilterField.text(row -> row.check().output()));
        fields.put("Type", FilterField.text(row -> row.check().type()));
        fields.put("ServiceID", FilterField.text(row -> row.instance().id()));
        fields.put("ServiceName", FilterField.text(row -> row.instance().service()));
        fields.put("ServiceTags", FilterField.list(row -> row.instance().tags()));
        return fields;
    }

    private static FilterField<ConsulInstance> eachCheck(Function<ConsulCheck, String> value) {
        return new TextField<>(instance -> instance.checks().stream().map(value).toList());
    }

    private static FilterField<ConsulInstance> perCheck(Function<ConsulInstance, String> value) {
        return new TextField<>(instance ->
                instance.checks().stream().map(_ -> value.apply(instance)).toList());
    }
}
