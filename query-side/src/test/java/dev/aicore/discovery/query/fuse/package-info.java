@NullMarked
package dev.aicore.discovery.query.fuse;

import org.jspecify.annotations.NullMarked;
