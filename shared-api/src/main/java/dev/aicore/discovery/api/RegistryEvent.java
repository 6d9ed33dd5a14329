package dev.aicore.discovery.api;

/** Event that the event store can hold. {@code WireTypes} lists all of them with their wire names. */
public interface RegistryEvent {}
