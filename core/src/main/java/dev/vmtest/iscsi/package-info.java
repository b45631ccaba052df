/**
 * Serves iSCSI targets with tgt, from a server of the run's own or one that runs already. Removes them with the run.
 */
@NullMarked
package dev.vmtest.iscsi;

import org.jspecify.annotations.NullMarked;
