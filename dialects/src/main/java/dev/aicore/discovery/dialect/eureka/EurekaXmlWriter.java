package dev.aicore.discovery.dialect.eureka;

import dev.aicore.discovery.dialect.eureka.EurekaAnswer.ApplicationList;
import dev.aicore.discovery.dialect.eureka.EurekaAnswer.ListedInstance;
import dev.aicore.discovery.dialect.eureka.EurekaAnswer.SingleApplication;
import dev.aicore.discovery.dialect.eureka.EurekaAnswer.SingleInstance;
import dev.aicore.discovery.dialect.eureka.EurekaInstance.EurekaDataCenter;
import dev.aicore.discovery.dialect.eureka.EurekaInstance.EurekaLease;
import dev.aicore.discovery.dialect.eureka.EurekaInstance.EurekaPort;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** Writes answers in XML, in the form of Eureka's server. */
final class EurekaXmlWriter {

    private static final String CLASS = "class";
    private static final String EMPTY_MAP = "java.util.Collections$EmptyMap";
    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

    private final XMLStreamWriter xml;

    private EurekaXmlWriter(XMLStreamWriter xml) {
        this.xml = xml;
    }

    static byte[] write(EurekaAnswer answer) {
        var out = new ByteArrayOutputStream();
        try {
            var xml = FACTORY.createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
            new EurekaXmlWriter(xml).answer(answer);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("The answer can't be written as XML.", e);
        }
        return out.toByteArray();
    }

    private void answer(EurekaAnswer answer) throws XMLStreamException {
        switch (answer) {
            case ApplicationList list -> applications(list);
            case SingleApplication application -> application(application.name(), application.instances(), false);
            case SingleInstance single -> instance(single.instance());
        }
    }

    private void applications(ApplicationList list) throws XMLStreamException {
        xml.writeStartElement("applications");
        if (!list.compact()) {
            element("versions__delta", Integer.toString(list.version()));
            element("apps__hashcode", list.hash());
        }
        for (var application : list.applications().entrySet()) {
            application(application.getKey(), application.getValue(), list.compact());
        }
        xml.writeEndElement();
    }

    private void application(String name, List<ListedInstance> instances, boolean compact) throws XMLStreamException {
        xml.writeStartElement("application");
        element("name", name);
        for (var instance : instances) {
            if (compact) {
                compactInstance(instance);
            } else {
                instance(instance);
            }
        }
        xml.writeEndElement();
    }

    private void instance(ListedInstance listed) throws XMLStreamException {
        var instance = listed.instance();
        xml.writeStartElement("instance");
        element("instanceId", instance.instanceId());
        element("hostName", instance.hostName());
        element("app", instance.app());
        element("ipAddr", instance.ipAddress());
        element("status", instance.status().name());
        element("overriddenstatus", instance.overriddenStatus().name());
        port("port", instance.port());
        port("securePort", instance.securePort());
        element("countryId", Integer.toString(instance.countryId()));
        dataCenter(instance.dataCenter());
        lease(instance.lease());
        metadata(instance.metadata());
        for (var member : instance.texts().entrySet()) {
            element(member.getKey(), member.getValue());
        }
        element("isCoordinatingDiscoveryServer", "false");
        element("lastUpdatedTimestamp", Long.toString(instance.lastUpdatedMillis()));
        element("lastDirtyTimestamp", Long.toString(instance.lastDirtyMillis()));
        element("actionType", listed.actionType().name());
        xml.writeEndElement();
    }

    private void compactInstance(ListedInstance listed) throws XMLStreamException {
        var instance = listed.instance();
        xml.writeStartElement("instance");
        element("instanceId", instance.instanceId());
        element("app", instance.app());
        element("ipAddr", instance.ipAddress());
        element("vipAddress", instance.texts().get("vipAddress"));
        element("secureVipAddress", instance.texts().get("secureVipAddress"));
        dataCenter(instance.dataCenter());
        element("hostName", instance.hostName());
        element("status", instance.status().name());
        element("lastUpdatedTimestamp", Long.toString(instance.lastUpdatedMillis()));
        element("actionType", listed.actionType().name());
        port("port", instance.port());
        port("securePort", instance.securePort());
        xml.writeEndElement();
    }

    private void port(String name, EurekaPort port) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeAttribute("enabled", Boolean.toString(port.enabled()));
        xml.writeCharacters(Integer.toString(port.number()));
        xml.writeEndElement();
    }

    private void dataCenter(EurekaDataCenter dataCenter) throws XMLStreamException {
        xml.writeStartElement("dataCenterInfo");
        xml.writeAttribute(CLASS, clean(dataCenter.className()));
        element("name", dataCenter.name());
        if (!dataCenter.metadata().isEmpty()) {
            metadata(dataCenter.metadata());
        }
        xml.writeEndElement();
    }

    private void lease(EurekaLease lease) throws XMLStreamException {
        xml.writeStartElement("leaseInfo");
        element("renewalIntervalInSecs", Integer.toString(lease.renewalInterval()));
        element("durationInSecs", Integer.toString(lease.duration()));
        element("registrationTimestamp", Long.toString(lease.registeredMillis()));
        element("lastRenewalTimestamp", Long.toString(lease.renewedMillis()));
        element("evictionTimestamp", "0");
        element("serviceUpTimestamp", Long.toString(lease.registeredMillis()));
        xml.writeEndElement();
    }

    private void metadata(Map<String, String> metadata) throws XMLStreamException {
        if (metadata.isEmpty()) {
            xml.writeEmptyElement("metadata");
            xml.writeAttribute(CLASS, EMPTY_MAP);
            return;
        }
        xml.writeStartElement("metadata");
        for (var entry : metadata.entrySet()) {
            element(XmlNameCoder.encode(entry.getKey()), entry.getValue());
        }
        xml.writeEndElement();
    }

    private void element(String name, @Nullable String value) throws XMLStreamException {
        if (value != null) {
            xml.writeStartElement(name);
            xml.writeCharacters(clean(value));
            xml.writeEndElement();
        }
    }

    /** Replaces characters that XML can't contain (XML 1.0, section 2.2). */
    private static String clean(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isCharacter(text.charAt(i))) {
                return text.codePoints()
                        .map(c -> c <= 0xffff && !isCharacter((char) c) ? 0xfffd : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            }
        }
        return text;
    }

    private static boolean isCharacter(char c) {
        return (c >= 0x20 || c == '\t' || c == '\n' || c == '\r') && c < 0xfffe;
    }
}
