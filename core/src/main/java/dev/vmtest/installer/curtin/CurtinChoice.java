package dev.vmtest.installer.curtin;

import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.Promises;
import dev.vmtest.installer.Installer;
import dev.vmtest.installer.InstallerChoice;
import dev.vmtest.installer.InstallerFinding;
import dev.vmtest.process.Processes;
import dev.vmtest.process.ShellWords;
import dev.vmtest.release.ReleaseBase;
import dev.vmtest.settings.SettingsTable;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Test a curtin of the user's. Two choices of one command are equal. */
public final class CurtinChoice implements InstallerChoice {

    private final String command;
    private final SubCommandRules subCommands;

    /**
     * Choose a curtin, which is run on this host when its sub-commands are first asked for.
     *
     * @param command what starts it; a shell reads it
     */
    public CurtinChoice(String command) {
        this(command, SubCommands.of(command));
    }

    /** Choose a curtin whose sub-commands are known. */
    public CurtinChoice(String command, SubCommands subCommands) {
        this.command = command;
        this.subCommands = new SubCommandRules(subCommands);
    }

    @Override
    public String name() {
        return ExternalInstaller.NAME;
    }

    @Override
    public String option() {
        return "--installer " + ShellWords.quote(name() + "=" + command);
    }

    @Override
    public Map<String, String> variables() {
        return Map.of(SettingsTable.CURTIN_EXE.name(), command);
    }

    @Override
    public Problems problems() {
        return Problems.ofInstallerThatReadsTheFile();
    }

    @Override
    public Promises promises() {
        return ExternalInstaller.PROMISES;
    }

    @Override
    public void check(InstallConfig config, boolean uefi, Problems problems) {
        subCommands.check(config, problems);
    }

    @Override
    public Optional<String> objectionTo(ReleaseBase base) {
        return Optional.empty();
    }

    @Override
    public Optional<String> objectionToOtherTargets() {
        return Optional.empty();
    }

    @Override
    public boolean discoversTargets() {
        return true;
    }

    @Override
    public Optional<InstallerFinding> examine(Processes processes, Path directory) {
        return Optional.of(new ExternalInstallerNeeds(command, processes).examine(directory));
    }

    @Override
    public String fingerprint() {
        return CurtinBytes.of(command).hash();
    }

    @Override
    public Installer open(Processes processes, String version) {
        return new ExternalInstaller(command, processes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CurtinChoice choice && choice.command.equals(command);
    }

    @Override
    public int hashCode() {
        return command.hashCode();
    }

    @Override
    public String toString() {
        return name() + "=" + command;
    }
}
