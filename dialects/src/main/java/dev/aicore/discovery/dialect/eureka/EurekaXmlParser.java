package dev.aicore.discovery.dialect.eureka;

import java.io.ByteArrayInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parses the XML form of a registration into the tree of its JSON form. Document types and entities are refused, so
 * that no document expands or reads others; depth and number of elements are bounded.
 */
final class EurekaXmlParser {

    private static final int MAX_DEPTH = 8;
    private static final int MAX_ELEMENTS = 1_000;
    private static final XMLInputFactory FACTORY = factory();

    private final XMLStreamReader xml;
    private int elements;

    private EurekaXmlParser(XMLStreamReader xml) {
        this.xml = xml;
    }

    private static XMLInputFactory factory() {
        // The JDK's own parser, whichever other one is on the class path.
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /**
     * Returns the tree of a document with the root {@code instance}.
     *
     * @throws dev.aicore.discovery.api.error.RegistryException {@code malformed_json} if it can't be read
     */
    static JsonNode parse(byte[] body) {
        try {
            var xml = FACTORY.createXMLStreamReader(new ByteArrayInputStream(body));
            try {
                return new EurekaXmlParser(xml).document();
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            throw EurekaErrors.unreadable("The body is not well-formed XML.");
        }
    }

    private ObjectNode document() throws XMLStreamException {
        while (next() != XMLStreamConstants.START_ELEMENT) {
            // Comments and processing instructions before the root.
        }
        var document = JsonNodeFactory.instance.objectNode();
        document.set(xml.getLocalName(), element(1));
        while (xml.hasNext()) {
            next();
        }
        return document;
    }

    /** Reads an element: with children or attributes an object, otherwise a text. Attributes begin with {@code @}. */
    private JsonNode element(int depth) throws XMLStreamException {
        if (depth > MAX_DEPTH || ++elements > MAX_ELEMENTS) {
            throw EurekaErrors.unreadable("The body has too many or too deep elements.");
        }
        var object = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            object.put("@" + xml.getAttributeLocalName(i), xml.getAttributeValue(i));
        }
        var text = new StringBuilder();
        boolean hasChildren = false;
        for (int event = next(); event != XMLStreamConstants.END_ELEMENT; event = next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                hasChildren = true;
                var name = XmlNameCoder.decode(xml.getLocalName());
                if (object.has(name)) {
                    throw EurekaErrors.unreadable("An element of the body is given twice.");
                }
                object.set(name, element(depth + 1));
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                text.append(xml.getText());
            }
        }
        if (object.isEmpty()) {
            return JsonNodeFactory.instance.stringNode(text.toString().strip());
        }
        if (!hasChildren && !text.toString().isBlank()) {
            object.put("$", text.toString().strip());
        }
        return object;
    }

    private int next() throws XMLStreamException {
        int event = xml.next();
        if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
            throw EurekaErrors.unreadable("The body has a document type or an entity, which are not accepted.");
        }
        return event;
    }
}
