@NullMarked
package dev.aicore.discovery.readmodel.cache;

import org.jspecify.annotations.NullMarked;
