package dev.aicore.discovery.api.watching;

/**
 * Bookmark of a watch: no further change of the service up to a position.
 *
 * @param position the position up to which this is known
 */
public record BookmarkView(long position) {}
