/**
 * Messages of a watch on a service.
 *
 * <p>A watch starts with a {@link ServiceSnapshotView}. Each change of an instance follows as an
 * {@link InstanceChangeView}, in the order of positions. A {@link ServiceSnapshotView.BookmarkView} moves the resume
 * position forward while nothing changes. A {@link ServiceSnapshotView.LeavingView} precedes the end if the node stops.
 *
 * <pre>{@code
 * snapshot (position p) -> change (p1 > p) -> change (p2 > p1) -> bookmark (p3 > p2) -> ...
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.api.watching;

import org.jspecify.annotations.NullMarked;
