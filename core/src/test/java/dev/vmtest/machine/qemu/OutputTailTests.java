package dev.vmtest.machine.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputTailTests {

    @TempDir
    private Path directory;

    /** What a newcomer sees in the first line of a run is why, not what the processor held. */
    @Test
    void leavesOutTheRegistersThatAreDumpedWhenKvmGivesUp() throws IOException {
        Path log = Files.writeString(directory.resolve("qemu.log"), """
                KVM internal error. Suberror: 1
                extra data[0]: 0x0000000000000001
                emulation failure
                RAX=0000000001ad2b90 RBX=0000000004784b64
                R8 =0000000000000001 R9 =0000000004784b64
                RIP=000000000474235d RFL=00000006 [-----P-] CPL=0 II=0 A20=1 SMM=0 HLT=0
                EAX=00000000 EBX=00000000
                ES =0000 0000000000000000 00000000 00000000
                LDT=0000 0000000000000000 00000000 00000000
                TR =0020 0000000000000000 00000fff 00808b00 DPL=0 TSS64-busy
                CR0=80050033 CR2=0000000000000000
                EFER=0000000000000500
                Code=05 83 fa 0f 77 b5
                REASON=kept, for no register is called so
                """);

        assertThat(new OutputTail(log, 0).text())
                .isEqualTo("KVM internal error. Suberror: 1 / emulation failure"
                        + " / REASON=kept, for no register is called so");
    }

    @Test
    void saysNothingWhereThereIsNoLog() {
        assertThat(new OutputTail(directory.resolve("absent"), 0).text()).isEmpty();
    }
}
