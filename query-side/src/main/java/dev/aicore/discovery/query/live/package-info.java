/**
 * Hears facts as they are appended by this process, and keeps the last ones in memory, so that watchers and discovery needn't wait for
 * the tables of the read models.
 *
 * <pre>
 * append lane ──> LiveFactFeed ──> RecentFactBuffer ──> services kept in memory ──> watchers, discovery
 *                                    └──> LiveChangePoller ──> feed of changes
 * </pre>
 */
@NullMarked
package dev.aicore.discovery.query.live;

import org.jspecify.annotations.NullMarked;
