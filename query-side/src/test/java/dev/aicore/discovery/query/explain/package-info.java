@NullMarked
package dev.aicore.discovery.query.explain;

import org.jspecify.annotations.NullMarked;
