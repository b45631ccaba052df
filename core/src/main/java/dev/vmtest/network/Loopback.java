package dev.vmtest.network;

import java.util.List;

/** Describe the interface of the machine with itself. */
public record Loopback(InterfaceSettings settings) implements NetworkInterface {

    @Override
    public List<Reference> references() {
        return List.of();
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.loopback(this);
    }

    @Override
    public String kernelKind() {
        return "";
    }

    @Override
    public boolean isOfEverySystem() {
        return true;
    }
}
