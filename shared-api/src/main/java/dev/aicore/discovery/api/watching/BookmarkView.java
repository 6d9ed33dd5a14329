package dev.aicore.discovery.api.watching;

/**
 * Nothing happened to the service beyond what was told.
 *
 * @param position up to where that is known
 */
public record BookmarkView(long position) {}
