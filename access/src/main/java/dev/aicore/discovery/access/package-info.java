/** The one gate in front of every route, and whom it let in. */
@NullMarked
package dev.aicore.discovery.access;

import org.jspecify.annotations.NullMarked;
