/**
 * Runs iSCSI targets for one test run with tgt. Removes them with the run.
 */
@NullMarked
package dev.vmtest.iscsi;

import org.jspecify.annotations.NullMarked;
