package dev.vmtest.cli;

import dev.vmtest.session.IscsiService;
import dev.vmtest.text.MistakeException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Serve iSCSI to the runs of other shells. */
@Command(
        name = "iscsi",
        description = {
            "Runs a tgtd without root on a free port, until it is interrupted.",
            "",
            "A run starts a server of its own on the loopback address, so this is only for runs whose guests reach"
                    + " the host by another address: with curtin, which discovers targets, and on bridges. Read"
                    + " DIRECTORY/info into the shell of such a run.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class IscsiCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Parameters(index = "0", paramLabel = "DIRECTORY", description = "Where 'info' and 'tgt.log' go.")
    private Path directory = Path.of("");

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The IPv4 address to listen on; ${DEFAULT-VALUE} if absent.")
    private String address = "";

    @Mixin
    private DryRunOption dryRun = new DryRunOption();

    IscsiCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!address.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")) {
            throw new MistakeException("'" + address + "' is no IPv4 address; 'ip -4 address' lists this host's");
        }
        if (dryRun.isGiven()) {
            IscsiService.planned(directory, address)
                    .forEach(change -> invocation.out().println(change.line()));
            return ExitStatus.SUCCESS;
        }
        try (IscsiService service = IscsiService.start(invocation.surroundings(), directory, address)) {
            invocation
                    .out()
                    .println("serving iSCSI at " + service.portal() + "; '. " + service.info()
                            + "' lets the runs of a shell use it; Ctrl-C ends it");
            service.await();
            invocation.err().println("vmtest: tgtd has ended; see " + IscsiService.log(directory));
        }
        return ExitStatus.INFRASTRUCTURE;
    }
}
