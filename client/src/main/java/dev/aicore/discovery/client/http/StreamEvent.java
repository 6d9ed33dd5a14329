package dev.aicore.discovery.client.http;

/**
 * Server-sent event.
 *
 * @param type name of the event
 * @param id id of the last event that had one, this one included; empty if there was none
 * @param data its data lines, joined by line feeds
 */
public record StreamEvent(String type, String id, String data) {}
