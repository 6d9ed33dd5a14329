/** Passes positions of the read models from the side that folds them to the side that reads them, where one process has both. */
@NullMarked
package dev.aicore.discovery.readmodel.watermark;

import org.jspecify.annotations.NullMarked;
